using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Planning.Silo;

/// <summary>
/// Ends the process when the others have declared its silo dead, as after it stood still or was cut off: they run its
/// entities now. Whoever started it starts it again, and it joins as a new silo.
/// </summary>
internal sealed partial class Expulsion(ILogger<Expulsion> logger) : IFatalErrorHandler
{
    /// <summary>Of a process that did nothing wrong and can be started again.</summary>
    public const int ExitCode = 3;

    public bool IsUnexpected(Exception exception) => true;

    public void OnFatalException(object? sender = null, string? context = null, Exception? exception = null)
    {
        LogExpelled(logger, exception, context);
        Environment.Exit(ExitCode);
    }

    [LoggerMessage(2311, LogLevel.Critical, "This silo is no longer a member of the cluster and ends; start it again to join anew. {Reason}")]
    private static partial void LogExpelled(ILogger logger, Exception? failure, string? reason);
}
