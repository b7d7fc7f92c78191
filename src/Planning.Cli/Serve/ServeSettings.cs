using Microsoft.Extensions.Configuration;
using Planning.Channels;
using Planning.Gateway;
using Planning.InProcess;
using Planning.Postgres;
using Planning.Postgres.Leases;
using Planning.Postgres.Log;
using Planning.Postgres.Reads;
using Planning.Scripts;
using Planning.Telemetry;

namespace Planning.Cli.Serve;

/// <summary>
/// Everything that can be set. Each value comes from the command line, else from an environment variable
/// (<c>PLANNING_URL</c>; nested ones with two underscores: <c>PLANNING_GATEWAY__MAXJSONBODYBYTES</c>), else from the default written here.
/// docs/configuration.md lists them all.
/// </summary>
public sealed record ServeSettings
{
    /// <summary>Where to listen. Default <c>http://127.0.0.1:8085</c>; port 0 takes a free one.</summary>
    public string Url { get; init; } = "http://127.0.0.1:8085";

    /// <summary>Connection string of a PostgreSQL of your own; empty, the default, starts a private one.</summary>
    public string? Database { get; init; }

    /// <summary>Where the private PostgreSQL keeps its data. Default <c>.data</c> in the folder of the checkout or of the caller.</summary>
    public string Data { get; init; } = System.IO.Path.Combine(Environment.GetEnvironmentVariable("PLANNING_ROOT") ?? ".", ".data");

    /// <summary>Wait until another process on the same data is gone instead of giving up. Default false.</summary>
    public bool Standby { get; init; }

    /// <summary>The least level that is logged: Verbose, Debug, Information, Warning, Error. Default Information.</summary>
    public string LogLevel { get; init; } = "Information";

    /// <summary><c>json</c>, one object a line, or <c>text</c>. Default json, text on a terminal.</summary>
    public string LogFormat { get; init; } = Console.IsOutputRedirected ? "json" : "text";

    /// <summary>How long a stop waits for what is under way. Default 25 seconds.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>Settings of the private PostgreSQL, by name.</summary>
    public Dictionary<string, string> Postgres { get; init; } = [];

    /// <summary>A file that says in which trackers people follow refreshes (docs/trackers.md); empty, the default, is in none.</summary>
    public string? Trackers { get; init; }

    public GatewayOptions Gateway { get; init; } = new();
    public PlanningNodeOptions Node { get; init; } = new();
    public EventLogOptions Log { get; init; } = new();
    public LeaseOptions Lease { get; init; } = new();
    public ReadModelOptions Reads { get; init; } = new();
    public TelemetryOptions Telemetry { get; init; } = new();
    public ChannelOptions Channels { get; init; } = new();
    public ScriptOptions Scripts { get; init; } = new();

    /// <summary>Limits of the connections to the database; the connection string in it is never read from here.</summary>
    public DatabaseOptions Connections { get; init; } = new() { ConnectionString = "" };

    /// <exception cref="SettingsException">A value that is none, with the name of its variable.</exception>
    public static ServeSettings FromEnvironment()
    {
        try
        {
            return new ConfigurationBuilder().AddEnvironmentVariables("PLANNING_").Build().Get<ServeSettings>() ?? new ServeSettings();
        }
        catch (InvalidOperationException e)
        {
            throw new SettingsException($"The environment holds a value that cannot be used: {e.InnerException?.Message ?? e.Message}", e);
        }
    }

    /// <exception cref="SettingsException">Names the setting and its range.</exception>
    public void Check()
    {
        var problem = Gateway.Problem() ?? Node.Problem() ?? Telemetry.Problem() ?? Channels.Problem() ?? Scripts.Problem()
            ?? (Uri.TryCreate(Url, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? null : $"{nameof(Url)} '{Url}' is no address. Write it like http://127.0.0.1:8085.")
            ?? (Enum.TryParse<Serilog.Events.LogEventLevel>(LogLevel, ignoreCase: true, out _) ? null : $"{nameof(LogLevel)} '{LogLevel}' is none of {string.Join(", ", Enum.GetNames<Serilog.Events.LogEventLevel>())}.")
            ?? (LogFormat is "json" or "text" ? null : $"{nameof(LogFormat)} is '{LogFormat}'; it is json or text.");
        if (problem is not null)
            throw new SettingsException(problem);
    }
}

/// <summary>A setting that cannot work; the message is for whoever set it.</summary>
public sealed class SettingsException : Exception
{
    public SettingsException() { }
    public SettingsException(string message) : base(message) { }
    public SettingsException(string message, Exception inner) : base(message, inner) { }
}
