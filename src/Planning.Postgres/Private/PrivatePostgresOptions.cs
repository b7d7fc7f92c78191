namespace Planning.Postgres.Private;

/// <summary>How a private PostgreSQL is found, started, watched and stopped.</summary>
public sealed record PrivatePostgresOptions
{
    /// <summary>
    /// The folder that holds the cluster, its password, its log and its socket. It belongs to PostgreSQL alone
    /// and is created when absent; a folder with other things in it is refused.
    /// </summary>
    public required string DataFolder { get; init; }

    /// <summary>The superuser that <see cref="PrivatePostgres.ConnectionString"/> connects as. Counts when the cluster is created.</summary>
    public string Superuser { get; init; } = "planning";

    /// <summary>The database that is created when absent and that the connection string names.</summary>
    public string Database { get; init; } = "planning";

    /// <summary>
    /// PostgreSQL settings on top of the defaults, by name, such as <c>commit_delay</c> = <c>2000</c>.
    /// What would weaken durability is refused. Without <c>listen_addresses</c> only the private socket listens.
    /// </summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Folders searched for the binaries, in this order; null (the default) searches PATH and the usual places.</summary>
    public IReadOnlyList<string>? BinaryFolders { get; init; }

    /// <summary>From start to the first answer, crash recovery included. Default 60 s.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A fast shutdown, final checkpoint included; then the server is ended and recovers at the next start. Default 30 s.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Restarts in a row, none of which lasted <see cref="StableAfter"/>, before the supervisor gives up. Default 10.</summary>
    public int RestartLimit { get; init; } = 10;

    /// <summary>The wait before the second restart in a row; it doubles each time. The first restart does not wait. Default 100 ms.</summary>
    public TimeSpan RestartDelay { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest wait between two restarts. Default 5 s.</summary>
    public TimeSpan RestartDelayLimit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A server that ran this long counts as healthy, and the count of restarts begins anew. Default 1 min.</summary>
    public TimeSpan StableAfter { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Log files kept, each of at most 10 MB; older ones are deleted. Default 7.</summary>
    public int LogFilesKept { get; init; } = 7;
}
