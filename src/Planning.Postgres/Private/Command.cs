using System.Diagnostics;

namespace Planning.Postgres.Private;

/// <summary>Runs the programs that come with PostgreSQL and the machine.</summary>
internal static class Command
{
    /// <summary>A start description whose environment cannot misdirect PostgreSQL.</summary>
    public static ProcessStartInfo Describe(IEnumerable<string> words)
    {
        var line = words.ToList();
        // "/" because the unprivileged user may not be allowed to stand where we stand.
        var start = new ProcessStartInfo(line[0], line.Skip(1)) { WorkingDirectory = "/", UseShellExecute = false };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        return start;
    }

    public static async Task<CommandResult> RunAsync(IEnumerable<string> words, CancellationToken cancellation)
    {
        var start = Describe(words);
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var errors = process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return new CommandResult(process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>The full path of a program on PATH or in the system folders, or null.</summary>
    public static string? Find(string program) =>
        SearchPath().Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    public static IEnumerable<string> SearchPath() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Concat(["/usr/bin", "/bin", "/usr/sbin", "/sbin"])
        .Distinct();
}

internal sealed record CommandResult(int ExitCode, string Output, string Errors)
{
    public bool Succeeded => ExitCode == 0;
}
