using System.ComponentModel;
using System.Threading.Channels;

namespace Planning.Scripts.Sandbox;

/// <summary>
/// Runs programs that nobody has to trust:
/// <list type="number">
/// <item>wait for a turn, and with it for a user that nothing else runs as now</item>
/// <item>write program and working folder</item>
/// <item>start it wrapped, hand it its input, take its output; look after its time and its memory</item>
/// <item>end every process of it that is left, and remove the folder</item>
/// </list>
/// </summary>
internal sealed class ScriptSandbox
{
    private readonly ScriptOptions options;
    private readonly Isolation isolation;
    private readonly SandboxWords words;
    private readonly TimeProvider time;
    private readonly Channel<int> users = Channel.CreateUnbounded<int>();

    public ScriptSandbox(ScriptOptions options, SystemTools tools, Isolation isolation, TimeProvider time)
    {
        (this.options, this.isolation, this.time) = (options, isolation, time);
        words = new SandboxWords(tools, options, isolation);
        for (var turn = 0; turn < options.MaxConcurrent; turn++)
            users.Writer.TryWrite(options.FirstUserId + turn);
    }

    /// <param name="program">The bytes of an executable file: a script with its interpreter in the first line, or a binary.</param>
    /// <param name="limit">How long it may take, once it has its turn.</param>
    /// <exception cref="OperationCanceledException">Nobody waits for it any more; nothing of it is left.</exception>
    public async Task<Ran> RunAsync(
        ReadOnlyMemory<byte> program, IReadOnlyList<string> arguments, ReadOnlyMemory<byte> input, TimeSpan limit, CancellationToken cancellation)
    {
        var user = await users.Reader.ReadAsync(cancellation);
        try
        {
            using var folder = new RunFolder(program.Span, words.OwnerOf(user));
            Posix.KeepDescriptors();
            int? sweep = isolation is { OwnUser: true, Namespaces: false } ? user : null;
            using var run = new ScriptProcess(words.Describe(folder, user, arguments, limit), sweep, options, time);
            return await run.EndAsync(input, limit, cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or Win32Exception)
        {
            return new Ran.Failed($"It could not be started: {e.Message}");
        }
        finally
        {
            users.Writer.TryWrite(user);
        }
    }
}
