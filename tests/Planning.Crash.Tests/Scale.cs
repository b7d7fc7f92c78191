namespace Planning.Crash.Tests;

/// <summary>How much of everything. Enough for at least 1,000 commands/s on two quiet cores, and for the whole project in some minutes.</summary>
internal static class Scale
{
    /// <summary>Plans whose titles are edited.</summary>
    public const int Plans = 200;

    /// <summary>Clients that edit, each waiting for its answer before it sends the next.</summary>
    public const int Editors = 24;

    /// <summary>One edit of so many names a version that is long past, and is refused.</summary>
    public const int EditsPerStaleOne = 20;

    /// <summary>One plan of so many has a client of its own, where waits are measured plan by plan.</summary>
    public const int PlansPerPulse = 4;

    /// <summary>Teams that carry plans from artifacts to digest, cycle after cycle.</summary>
    public const int Teams = 2;

    /// <summary>Commands of a fresh server that are not timed: it compiles itself while it answers them.</summary>
    public const int WarmUp = 500;

    /// <summary>Timed commands before a fault is armed, so that it strikes under full load.</summary>
    public const int CommandsBeforeArming = 1_000;

    /// <summary>Commands that are answered between a kill of PostgreSQL and the end of the load.</summary>
    public const int CommandsAfterDatabaseKill = 500;

    /// <summary>Last lines of a server's log that go into the test's output.</summary>
    public const int LogLinesShown = 60;

    /// <summary>Commands per second that the load is meant to reach; the tests print what it did reach.</summary>
    public const int MeantPerSecond = 1_000;

    /// <summary>For whatever must happen and has no time of its own: a busy machine is slow, a hanging one is wrong.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>For a server that was asked to stop: its own limits, for requests and for its database one after the other, come to 55 seconds.</summary>
    public static readonly TimeSpan StopPatience = 2 * Patience;

    /// <summary>For a load from its beginning to its end, which includes whatever happens meanwhile.</summary>
    public static readonly TimeSpan LoadLimit = TimeSpan.FromMinutes(3);

    /// <summary>Before a failed command is sent again.</summary>
    public static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(50);

    /// <summary>Of a plan's own client, between an answer and its next edit.</summary>
    public static readonly TimeSpan PulsePause = TimeSpan.FromMilliseconds(500);

    /// <summary>Between two looks at how far consumers are.</summary>
    public static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(50);
}
