using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Planning.Cli.Handoff;
using Planning.Cli.Serve;

namespace Planning.Cli.Tests;

/// <summary>The real command in a process of its own.</summary>
internal sealed class PlanningProcess : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly Process process;
    private readonly ConcurrentQueue<string> output = new();
    private readonly StringBuilder errors = new();
    private readonly TaskCompletionSource<string> serving = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private PlanningProcess(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? settings = null)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(typeof(PlanningServer).Assembly.Location);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        // Other tests set these of the process that all run in.
        foreach (var variable in (string[])["PLANNING_ROOT", ServerOptions.KeyVariable, ServerOptions.ServerVariable])
            start.Environment.Remove(variable);
        foreach (var (variable, value) in settings ?? new Dictionary<string, string>())
            start.Environment[variable] = value;
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => { if (line.Data is not null) output.Enqueue(line.Data); };
        process.ErrorDataReceived += (_, line) => Heard(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public IReadOnlyList<string> Output => [.. output];

    public string Errors
    {
        get
        {
            lock (errors)
                return errors.ToString();
        }
    }

    public int Id => process.Id;

    public static PlanningProcess Start(params string[] arguments) => new(arguments);

    /// <param name="settings">Further variables of its environment.</param>
    public static PlanningProcess Start(IReadOnlyDictionary<string, string> settings, params string[] arguments) => new(arguments, settings);

    public static async Task<PlanningProcess> RunAsync(params string[] arguments)
    {
        var run = new PlanningProcess(arguments);
        await run.EndAsync();
        return run;
    }

    /// <summary>Where it serves; fails with what it said when it ends instead.</summary>
    public async Task<string> ServingAsync()
    {
        var ended = EndAsync();
        await Task.WhenAny(serving.Task, ended).WaitAsync(Limit);
        return serving.Task.IsCompleted ? await serving.Task : throw new InvalidOperationException($"serve ended with {await ended}: {Errors}");
    }

    public async Task<int> EndAsync()
    {
        await process.WaitForExitAsync().WaitAsync(Limit);
        return process.ExitCode;
    }

    public Task<int> TerminateAsync() => SignalAsync(15);

    public Task<int> KillAsync() => SignalAsync(9);

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
    }

    private Task<int> SignalAsync(int signal)
    {
        Process.Start("kill", [$"-{signal}", $"{process.Id}"]).Dispose();
        return EndAsync();
    }

    private void Heard(string? line)
    {
        if (line is null)
            return;
        lock (errors)
            errors.AppendLine(line);
        if (line.StartsWith("Serving ", StringComparison.Ordinal))
            serving.TrySetResult(line.Split(' ')[1]);
    }
}
