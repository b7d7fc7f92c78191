using System.Net;
using Microsoft.Extensions.Configuration;
using Planning.Channels;
using Planning.Engine.Node;
using Planning.Gateway;
using Planning.Grains.Workspaces;
using Planning.Postgres;
using Planning.Postgres.Leases;
using Planning.Postgres.Log;
using Planning.Postgres.Reads;
using Planning.Scripts;
using Planning.Telemetry;

namespace Planning.Silo;

/// <summary>What a process of the cluster does.</summary>
public enum SiloRole
{
    /// <summary>Runs entities and serves the interface.</summary>
    All,

    /// <summary>Runs entities; over HTTP it only tells its health.</summary>
    Silo,

    /// <summary>Serves the interface; entities run elsewhere.</summary>
    Gateway,
}

/// <summary>
/// Everything that can be set for a process of the cluster. What it shares with <c>planning serve</c> has the same names:
/// <c>PLANNING_URL</c>, <c>PLANNING_GATEWAY__MAXJSONBODYBYTES</c> and so on; the rest is under <c>PLANNING_CLUSTER__</c>.
/// </summary>
public sealed record SiloSettings
{
    /// <summary>Where the interface listens. Default <c>http://127.0.0.1:8085</c>.</summary>
    public string Url { get; init; } = "http://127.0.0.1:8085";

    /// <summary>Connection string of the cluster's PostgreSQL 15 or newer, at the newest version of the schema.</summary>
    public string Database { get; init; } = "";

    /// <summary>The least level that is logged. Default Information.</summary>
    public string LogLevel { get; init; } = "Information";

    /// <summary>How long a stop waits for what is under way. Default 25 seconds.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>A file that says in which trackers people follow refreshes; the same for all processes. Empty, the default, is in none.</summary>
    public string? Trackers { get; init; }

    public ClusterSettings Cluster { get; init; } = new();
    public GatewayOptions Gateway { get; init; } = new();
    public WorkOptions Node { get; init; } = new();
    public EventLogOptions Log { get; init; } = new();
    public LeaseOptions Lease { get; init; } = new();
    public ReadModelOptions Reads { get; init; } = new();
    public TelemetryOptions Telemetry { get; init; } = new();
    public ChannelOptions Channels { get; init; } = new();
    public ScriptOptions Scripts { get; init; } = new();

    /// <summary>Limits of the connections to the database; the connection string in it is never read from here.</summary>
    public DatabaseOptions Connections { get; init; } = new() { ConnectionString = "" };

    /// <exception cref="ArgumentException">The environment holds a value that is none.</exception>
    public static SiloSettings FromEnvironment()
    {
        try
        {
            return new ConfigurationBuilder().AddEnvironmentVariables("PLANNING_").Build().Get<SiloSettings>() ?? new SiloSettings();
        }
        catch (InvalidOperationException e)
        {
            throw new ArgumentException($"The environment holds a value that cannot be used: {e.InnerException?.Message ?? e.Message}", e);
        }
    }

    /// <exception cref="ArgumentException">Names the setting and its range.</exception>
    public void Check()
    {
        var problem = Gateway.Problem() ?? Node.Problem() ?? Cluster.Problem() ?? Telemetry.Problem() ?? Channels.Problem() ?? Scripts.Problem()
            ?? (Database.Length == 0 ? "Which database? Give its connection string with --database or in PLANNING_DATABASE. All processes of a cluster share one." : null)
            ?? (Uri.TryCreate(Url, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? null : $"{nameof(Url)} '{Url}' is no address. Write it like http://127.0.0.1:8085.")
            ?? (Enum.TryParse<Serilog.Events.LogEventLevel>(LogLevel, ignoreCase: true, out _) ? null : $"{nameof(LogLevel)} '{LogLevel}' is none of {string.Join(", ", Enum.GetNames<Serilog.Events.LogEventLevel>())}.");
        if (problem is not null)
            throw new ArgumentException(problem);
    }
}

/// <summary>The process's place in the cluster.</summary>
public sealed record ClusterSettings
{
    /// <summary>With less, entities that a request needs at the same time would drive each other out.</summary>
    private const int MinEntities = 1_000, MinBytes = 1_000_000;

    /// <summary>Default All.</summary>
    public SiloRole Role { get; init; } = SiloRole.All;

    /// <summary>Processes of one name find each other. Default <c>planning</c>.</summary>
    public string Name { get; init; } = "planning";

    /// <summary>Of this process, for people. Default the machine's name and the process id.</summary>
    public string Silo { get; init; } = $"{Environment.MachineName}-{Environment.ProcessId}";

    /// <summary>The address under which the other processes reach this one. Default 127.0.0.1.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>For silos among themselves. Default 11111.</summary>
    public int SiloPort { get; init; } = 11111;

    /// <summary>For gateways that are no silos. Default 30000.</summary>
    public int ClientPort { get; init; } = 30000;

    /// <summary>Entities unused for this long leave memory. Default 10 minutes.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>At most this many entities in a silo's memory; the least recently used leave first. Default 50,000.</summary>
    public int MaxEntities { get; init; } = 50_000;

    /// <summary>At most about this many bytes of entity state in a silo's memory. Default 200 MB.</summary>
    public long MaxBytes { get; init; } = 200L * 1024 * 1024;

    /// <summary>How often a silo looks whether a neighbour lives. Default 1 second.</summary>
    public TimeSpan ProbeInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Looks in vain until a neighbour is suspected; two who suspect it declare it dead. Default 3.</summary>
    public int MissedProbes { get; init; } = 3;

    /// <summary>
    /// How long a call to an entity may take, whatever becomes of its silo meanwhile; after that its outcome is unknown. Above
    /// what the database may take, and above <see cref="ProbeInterval"/> times <see cref="MissedProbes"/>. Default 10 seconds.
    /// </summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(10);

    public FollowerOptions Followers { get; init; } = new();

    /// <summary>Null when every value is in range, else which is not.</summary>
    public string? Problem() =>
        Name.Length is 0 or > 150 ? $"Cluster: {nameof(Name)} has 1 to 150 characters."
        : !IPAddress.TryParse(Address, out _) ? $"Cluster: {nameof(Address)} '{Address}' is no IP address."
        : SiloPort is < 1 or > 65535 || ClientPort is < 1 or > 65535 || SiloPort == ClientPort ? $"Cluster: {nameof(SiloPort)} and {nameof(ClientPort)} are two different ports."
        : IdleTimeout < TimeSpan.FromMinutes(1) ? $"Cluster: {nameof(IdleTimeout)} is at least one minute."
        : MaxEntities < MinEntities ? $"Cluster: {nameof(MaxEntities)} is {MaxEntities}; it must be at least {MinEntities}."
        : MaxBytes < MinBytes ? $"Cluster: {nameof(MaxBytes)} is {MaxBytes}; it must be at least {MinBytes}."
        : ProbeInterval <= TimeSpan.Zero || MissedProbes < 1 ? $"Cluster: {nameof(ProbeInterval)} must be positive and {nameof(MissedProbes)} at least 1."
        : CallTimeout <= ProbeInterval * MissedProbes ? $"Cluster: {nameof(CallTimeout)} must be more than {nameof(ProbeInterval)} times {nameof(MissedProbes)}, or no call outlasts the loss of a silo."
        : Followers.Problem() is { } problem ? $"Cluster: {nameof(Followers)}: {problem}"
        : Followers.ReadWait >= CallTimeout ? $"Cluster: {nameof(Followers)}: {nameof(Followers.ReadWait)} must be below {nameof(CallTimeout)}."
        : null;
}
