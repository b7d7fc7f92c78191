using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Planning.Testing;

/// <summary>Dependencies of real packages, as tasks of a backlog: which depends on which, by name.</summary>
public sealed record BacklogGraph(IReadOnlyList<KeyValuePair<string, string[]>> Rows)
{
    /// <summary>The part of the shared data.</summary>
    public const string Folder = "backlog-graphs";

    /// <summary>6,889 packages.</summary>
    public const string Large = "debian-bookworm-utils-python-depends.csv";

    /// <summary>2,000 of them.</summary>
    public const string Small = "debian-bookworm-utils-python-2000-depends.csv";

    /// <summary>Every package of a distribution.</summary>
    public const string All = "debian-bookworm-depends.csv.gz";

    /// <summary>Enough for ten thousand tasks of one point.</summary>
    public static string Team { get; } =
        "version: 1.0.0\nmembers:\n" + string.Concat(Enumerable.Range(1, 10).Select(i => $"  - id: member_{i}\n    points_per_cycle: 1000\n"));

    private static readonly string[] Fields = ["title: \"Package {0}\"", "description: \"Build, check and ship {0} with what it needs\"", "effort_points: 1", "priority: P2"];

    /// <summary>Reads one of the files above.</summary>
    public static BacklogGraph Read(string file)
    {
        using Stream stream = File.OpenRead(SharedData.At(Folder, file));
        using var text = new StreamReader(file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : stream);
        var rows = new List<KeyValuePair<string, string[]>>();
        text.ReadLine();
        while (text.ReadLine() is { } line)
        {
            var comma = line.IndexOf(',');
            rows.Add(KeyValuePair.Create(line[..comma], line[(comma + 1)..].Split(';', StringSplitOptions.RemoveEmptyEntries)));
        }
        return new BacklogGraph(rows);
    }

    /// <summary>The rows of the large file, then rows of the whole list until there are enough.</summary>
    public static BacklogGraph OfTasks(int count)
    {
        var rows = Read(Large).Rows.ToList();
        var names = rows.Select(r => r.Key).ToHashSet();
        rows.AddRange(Read(All).Rows.Where(r => !names.Contains(r.Key)).Take(count - rows.Count));
        return new BacklogGraph(rows);
    }

    /// <summary>Without unknown names, without what closes a circle, and no chain longer than <paramref name="maxDepth"/>.</summary>
    public BacklogGraph Repaired(int maxDepth)
    {
        var dependencies = Rows.ToDictionary(r => r.Key, r => r.Value);
        var depth = new Dictionary<string, int>();
        var kept = Rows.ToDictionary(r => r.Key, _ => new List<string>());
        foreach (var (root, _) in Rows)
        {
            // Depth first with a stack of its own; a name that is on the stack would close a circle.
            var path = new Stack<(string Name, int Next)>([(root, 0)]);
            var onPath = new HashSet<string> { root };
            while (path.TryPop(out var step))
            {
                var (name, next) = step;
                if (depth.ContainsKey(name) || next == dependencies[name].Length)
                {
                    depth.TryAdd(name, 1 + kept[name].Select(d => depth[d]).DefaultIfEmpty(0).Max());
                    onPath.Remove(name);
                    continue;
                }
                var dependency = dependencies[name][next];
                if (!dependencies.ContainsKey(dependency) || onPath.Contains(dependency))
                    path.Push((name, next + 1));
                else if (!depth.TryGetValue(dependency, out var known))
                {
                    path.Push((name, next));
                    path.Push((dependency, 0));
                    onPath.Add(dependency);
                }
                else
                {
                    if (known < maxDepth)
                        kept[name].Add(dependency);
                    path.Push((name, next + 1));
                }
            }
        }
        return new BacklogGraph([.. Rows.Select(r => KeyValuePair.Create(r.Key, kept[r.Key].ToArray()))]);
    }

    /// <summary>The same tasks in as many backlogs.</summary>
    public IEnumerable<BacklogGraph> Split(int parts) => Rows.Chunk((Rows.Count + parts - 1) / parts).Select(rows => new BacklogGraph(rows));

    /// <summary>The tasks as <c>be_backlog.yaml</c>.</summary>
    public string ToYaml()
    {
        var text = new StringBuilder("version: 1.0.0\ngenerated_at: 2027-01-04T08:00:00Z\nplan: {start: 2027-01-18, end: 2027-03-31}\ntasks:\n");
        foreach (var (name, dependencies) in Rows)
        {
            // Quoted: some packages have numbers for names.
            text.Append("  - id: \"").Append(name).Append("\"\n");
            foreach (var field in Fields)
                text.Append("    ").AppendFormat(CultureInfo.InvariantCulture, field, name).Append('\n');
            text.Append("    dependencies: [").AppendJoin(", ", dependencies.Select(d => $"\"{d}\"")).Append("]\n");
        }
        return text.ToString();
    }

    /// <summary>The same tasks as <c>be_backlog.json</c>, which large backlogs come as.</summary>
    public string ToJson() => JsonSerializer.Serialize(new
    {
        version = "1.0.0",
        generated_at = "2027-01-04T08:00:00Z",
        plan = new { start = "2027-01-18", end = "2027-03-31" },
        tasks = Rows.Select(row => new { id = row.Key, title = $"Package {row.Key}", description = $"Build {row.Key}", effort_points = 1, priority = "P2", dependencies = row.Value }),
    });
}
