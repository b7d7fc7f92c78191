using System.Globalization;

namespace Planning.Postgres.Private;

/// <summary>What a running PostgreSQL says about itself in the file postmaster.pid.</summary>
internal sealed record PostmasterPid(int ProcessId, string? Status)
{
    public bool IsReady => Status == "ready";

    /// <summary>Null when there is no file, or one that is being written.</summary>
    public static PostmasterPid? Read(string path)
    {
        try
        {
            // Lines: process id, data directory, start time, port, socket folder, address, shared memory, status.
            var lines = File.ReadAllLines(path);
            return lines.Length > 0 && int.TryParse(lines[0], CultureInfo.InvariantCulture, out var processId) && processId > 0
                ? new PostmasterPid(processId, lines.Length > 7 ? lines[7].Trim() : null)
                : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>
    /// Whether that process is a PostgreSQL on this cluster. After a reboot, or in a new container, the number may belong
    /// to any other program.
    /// </summary>
    public async Task<bool> IsServingAsync(DataFolderLayout layout, CancellationToken cancellation)
    {
        if (!Posix.IsAlive(ProcessId))
            return false;
        if (!OperatingSystem.IsLinux())
        {
            var listed = await Command.RunAsync(["ps", "-p", ProcessId.ToString(CultureInfo.InvariantCulture), "-o", "command="], cancellation);
            return listed.Output.Contains("postgres", StringComparison.Ordinal) && listed.Output.Contains(layout.Cluster, StringComparison.Ordinal);
        }
        try
        {
            var words = (await File.ReadAllTextAsync($"/proc/{ProcessId}/cmdline", cancellation)).Split('\0');
            return Path.GetFileName(words[0]) == "postgres" && words.Contains(layout.Cluster);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
