using System.CommandLine;

namespace Planning.Cli.Handoff;

/// <summary>A command cannot be done; the message is for the person who typed it.</summary>
public sealed class CommandFailedException : Exception
{
    public CommandFailedException() { }
    public CommandFailedException(string message) : base(message) { }
    public CommandFailedException(string message, Exception inner) : base(message, inner) { }

    public int ExitCode { get; init; } = ExitCodes.NotDone;
}

internal static class CommandActions
{
    /// <summary>Sets what the command does; its failures become a sentence on the error stream and an exit code.</summary>
    public static void Does(this Command command, Func<ParseResult, CancellationToken, Task<int>> action) =>
        command.SetAction(async (parsed, cancellation) =>
        {
            try
            {
                return await action(parsed, cancellation);
            }
            catch (Exception e) when (e is CommandFailedException or IOException or UnauthorizedAccessException)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync(e.Message);
                return (e as CommandFailedException)?.ExitCode ?? ExitCodes.NotDone;
            }
        });
}
