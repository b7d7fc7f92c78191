using System.Diagnostics;
using System.Runtime.Versioning;

namespace Planning.Scripts.Tests.Support;

/// <summary>Two named pipes that everybody may read: whoever reads one goes on when both have their reader.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class Rendezvous : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("planning-scripts-test-");

    public Rendezvous()
    {
        folder.UnixFileMode = (UnixFileMode)0b111_101_101;
        using var made = Process.Start("mkfifo", ["-m", "644", First, Second])!;
        made.WaitForExit();
    }

    public string First => Path.Combine(folder.FullName, "first");

    public string Second => Path.Combine(folder.FullName, "second");

    /// <summary>To open a pipe for writing waits for its reader.</summary>
    public async Task MeetAsync()
    {
        var writers = await Task.WhenAll(OpenAsync(First), OpenAsync(Second));
        foreach (var writer in writers)
            await writer.DisposeAsync();
    }

    /// <summary>Completes when one of them has its reader, and lets it go on.</summary>
    public static async Task OneAsync(string path) => await (await OpenAsync(path)).DisposeAsync();

    private static Task<FileStream> OpenAsync(string path) => Task.Factory.StartNew(
        () => new FileStream(path, FileMode.Open, FileAccess.Write), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public void Dispose() => folder.Delete(recursive: true);
}
