using System.Globalization;

namespace Planning.Postgres.Private;

/// <summary>The programs of one installed PostgreSQL.</summary>
internal sealed record PostgresBinaries(string Folder, int Major)
{
    public const int OldestMajor = 15;

    private static readonly string[] UsualPlaces =
    [
        "/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin", "/usr/local/opt/postgresql@*/bin",
        "/home/linuxbrew/.linuxbrew/opt/postgresql@*/bin", "/Library/PostgreSQL/*/bin", "/usr/local/pgsql/bin",
    ];

    public string Postgres => Path.Combine(Folder, "postgres");

    public string InitDb => Path.Combine(Folder, "initdb");

    /// <summary>The newest usable installation, or, for data that exist, the one of their major version.</summary>
    /// <exception cref="PostgresNotInstalledException">There is none; the message says how to get it.</exception>
    public static async Task<PostgresBinaries> FindAsync(
        IEnumerable<string>? folders, DataFolderLayout layout, CancellationToken cancellation)
    {
        var installed = new List<PostgresBinaries>();
        foreach (var folder in (folders ?? Command.SearchPath().Concat(UsualPlaces.SelectMany(Expand))).Distinct())
        {
            if (await LookAsync(folder, cancellation) is { } found)
                installed.Add(found);
        }
        var wanted = layout.HasCluster
            ? int.Parse((await File.ReadAllTextAsync(Path.Combine(layout.Cluster, "PG_VERSION"), cancellation)).Trim(), CultureInfo.InvariantCulture)
            : (int?)null;
        return installed
            .Where(found => found.Major >= OldestMajor && (wanted is null || found.Major == wanted))
            .MaxBy(found => found.Major)
            ?? throw new PostgresNotInstalledException(Missing(wanted, installed, layout));
    }

    private static string Missing(int? wanted, List<PostgresBinaries> installed, DataFolderLayout layout)
    {
        var versions = string.Join(" and ", installed.Select(found => found.Major).Distinct().Order());
        var here = installed.Count == 0 ? "is not installed on this machine" : $"is not installed here, only {versions} is";
        return wanted is null
            ? $"PostgreSQL {OldestMajor} or newer {here}. Get it with: {HowToGet("postgresql")}, or connect to one of yours with --database."
            : $"The data in {layout.Root} were made by PostgreSQL {wanted}, which {here}. Get it with: {HowToGet($"postgresql-{wanted}")}.";
    }

    private static string HowToGet(string package) =>
        OperatingSystem.IsMacOS() ? $"brew install {package.Replace('-', '@')}"
        : File.Exists("/usr/bin/apt-get") ? $"apt-get install {package}"
        : File.Exists("/usr/bin/dnf") ? "dnf install postgresql-server"
        : File.Exists("/sbin/apk") ? "apk add postgresql16"
        : $"apt-get install {package} (Debian, Ubuntu) or brew install postgresql@17 (Homebrew)";

    private static async Task<PostgresBinaries?> LookAsync(string folder, CancellationToken cancellation)
    {
        if (!File.Exists(Path.Combine(folder, "postgres")) || !File.Exists(Path.Combine(folder, "initdb")))
            return null;
        var result = await Command.RunAsync([Path.Combine(folder, "postgres"), "--version"], cancellation);
        return MajorOf(result.Output) is { } major ? new PostgresBinaries(folder, major) : null;
    }

    /// <summary>The folders that a pattern with one star in one of its parts stands for.</summary>
    private static IEnumerable<string> Expand(string pattern)
    {
        var star = pattern.IndexOf('*');
        if (star < 0)
            return [pattern];
        var parent = pattern[..pattern.LastIndexOf('/', star)];
        var part = pattern[(parent.Length + 1)..].Split('/', 2);
        return Directory.Exists(parent)
            ? Directory.EnumerateDirectories(parent, part[0]).Select(folder => Path.Combine(folder, part[1]))
            : [];
    }

    // postgres (PostgreSQL) 15.10 (Debian 15.10-0+deb12u1), or 18beta1
    private static int? MajorOf(string answer)
    {
        const string Marker = "(PostgreSQL) ";
        var at = answer.IndexOf(Marker, StringComparison.Ordinal);
        if (at < 0)
            return null;
        var digits = string.Concat(answer[(at + Marker.Length)..].TakeWhile(char.IsAsciiDigit));
        return int.TryParse(digits, CultureInfo.InvariantCulture, out var major) ? major : null;
    }
}
