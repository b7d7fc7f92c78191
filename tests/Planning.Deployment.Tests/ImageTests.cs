using System.Text.RegularExpressions;
using System.Xml.Linq;
using Planning.Testing;

namespace Planning.Deployment.Tests;

/// <summary>The image is built from projects that exist, and holds the programs that are started from it.</summary>
public sealed partial class ImageTests
{
    private static readonly string[] Lines = Deployed.Lines("Dockerfile");

    private static readonly IReadOnlyList<(string Project, string Folder)> Published =
        [.. Lines.Select(line => Publish().Match(line)).Where(m => m.Success).Select(m => (m.Groups["project"].Value, m.Groups["folder"].Value))];

    [Fact]
    public void Every_program_that_is_started_is_in_the_image()
    {
        var programs = Published.Select(p => $"/app/{p.Folder}/{AssemblyName(p.Project)}").ToList();
        var started = Lines.Where(line => line.StartsWith("ENTRYPOINT", StringComparison.Ordinal)).Select(line => line.Split('"')[1])
            .Concat(Deployed.Workloads.Select(w => Deployed.Container(w)["command", "0"]).Where(c => c.Exists).Select(c => c.Text))
            .Append(Deployed.Composed["migrate"]["entrypoint", "0"].Text);

        Assert.Equal(["/app/silo/planning-silo", "/app/cli/planning"], programs);
        Assert.Empty(started.Except(programs));
        Assert.Contains("COPY --from=build /publish /app", Lines);
    }

    [Fact]
    public void Everything_that_is_copied_exists_and_passes_the_ignore_file()
    {
        var copied = Lines.Where(line => line.StartsWith("COPY ", StringComparison.Ordinal) && !line.Contains("--from", StringComparison.Ordinal))
            .SelectMany(line => line.Split(' ')[1..^1]).Select(path => path.TrimEnd('/')).ToList();

        Assert.All(copied, path => Assert.True(Path.Exists(Repository.At(path)), $"{path} does not exist."));
        Assert.Equal(copied.Order(StringComparer.Ordinal), Deployed.Lines("Dockerfile.dockerignore").Where(l => l.StartsWith('!')).Select(l => l[1..]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_the_projects_need_is_copied()
    {
        var folders = Lines.Where(line => Folder().IsMatch(line)).Select(line => line.Split(' ')[1]).ToList();
        var seen = new HashSet<string>();
        var open = new Queue<string>(Published.Select(p => p.Project));
        while (open.TryDequeue(out var project))
        {
            if (!seen.Add(project))
                continue;
            Assert.Contains(folders, folder => project.StartsWith(folder, StringComparison.Ordinal));
            foreach (var (element, path) in Included(project))
            {
                Assert.Contains(folders, folder => path.StartsWith(folder, StringComparison.Ordinal));
                if (element == "ProjectReference")
                    open.Enqueue(path);
            }
        }
        Assert.Contains("grains/Planning.Grains/Planning.Grains.csproj", seen);
    }

    [Fact]
    public void The_base_has_no_shell_no_root_and_the_time_zones_of_calendars()
    {
        var last = Lines.Last(line => line.StartsWith("FROM ", StringComparison.Ordinal));

        Assert.Matches("^FROM mcr\\.microsoft\\.com/dotnet/aspnet:10\\.0-[a-z]+-chiseled-extra$", last);
        Assert.Contains("USER $APP_UID", Lines);
    }

    private static string AssemblyName(string project) => XDocument.Load(Repository.At(project)).Descendants("AssemblyName").Single().Value;

    /// <summary>Files outside the project's folder that its build reads, as paths below the root.</summary>
    private static IEnumerable<(string Element, string Path)> Included(string project) =>
        XDocument.Load(Repository.At(project)).Descendants().Select(e => (e.Name.LocalName, Path: e.Attribute("Include")?.Value))
            .Where(e => e.Path?.StartsWith("../", StringComparison.Ordinal) == true)
            .Select(e => (e.LocalName, Path.GetRelativePath(Repository.Root, Path.GetFullPath(Repository.At(Path.GetDirectoryName(project)!, e.Path!))).Replace('\\', '/')));

    [GeneratedRegex("^RUN dotnet publish (?<project>[^ ]+) -c Release --ucr --no-self-contained -p:PublishReadyToRun=true -o /publish/(?<folder>[a-z]+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Publish();

    [GeneratedRegex("^COPY [a-z0-9]+/ [a-z0-9]+/$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Folder();
}
