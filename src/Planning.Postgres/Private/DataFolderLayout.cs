using System.Security.Cryptography;
using System.Text;

namespace Planning.Postgres.Private;

/// <summary>What lies where in the data folder.</summary>
internal sealed class DataFolderLayout
{
    /// <summary>The address of a socket is at most 103 bytes on macOS and 107 on Linux, and the file's name takes 22.</summary>
    private const int LongestSocketFolder = 80;

    public DataFolderLayout(string folder)
    {
        Root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var sockets = In("socket");
        Sockets = Encoding.UTF8.GetByteCount(sockets) <= LongestSocketFolder ? sockets : ShortFolderFor(Root);
    }

    public string Root { get; }

    /// <summary>PostgreSQL's own data directory.</summary>
    public string Cluster => In("pg");

    /// <summary>A cluster that is being made; it becomes <see cref="Cluster"/> by one rename, so no half-made one is ever started.</summary>
    public string ClusterDraft => In("pg.new");

    public string PidFile => Path.Combine(Cluster, "postmaster.pid");

    /// <summary>The command line of the last start, written by PostgreSQL.</summary>
    public string StartedWith => Path.Combine(Cluster, "postmaster.opts");

    public string Password => In("password");

    public string Logs => In("log");

    /// <summary>What PostgreSQL says before its own log is open.</summary>
    public string StartLog => Path.Combine(Logs, "start.txt");

    /// <summary>Only this folder's owner gets in; the socket in it is the way to the database.</summary>
    public string Sockets { get; }

    public bool HasCluster => File.Exists(Path.Combine(Cluster, "PG_VERSION"));

    private string In(string name) => Path.Combine(Root, name);

    private static string ShortFolderFor(string root) =>
        Path.Combine("/tmp", "planning-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(root)))[..16]);
}
