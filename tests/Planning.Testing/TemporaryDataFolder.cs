using System.Diagnostics;
using System.Globalization;
using Planning.Postgres.Private;

namespace Planning.Testing;

/// <summary>
/// A data folder that lasts as long as this process, with whatever PostgreSQL runs on it, or in its folder postgres, where a
/// server keeps its own. A small shell waits for the end of
/// a pipe whose other end is ours: it comes with the end of this process, however that ends.
/// </summary>
public sealed class TemporaryDataFolder : IDisposable
{
    /// <summary>Left over folders are those that nobody holds, and that nobody is about to take.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Free memory from which on data are kept in memory.</summary>
    private const long Roomy = 8L << 30;

    private const string Memory = "/dev/shm";

    private static readonly string Base = System.IO.Path.Combine(Ground(), $"planning-tests-{Environment.UserName}");

    private const string RemoveAtEnd = """
        exec >/dev/null 2>&1
        read -r _
        for pid in "$1/data/pg/postmaster.pid" "$1/data/postgres/pg/postmaster.pid"; do
          if server=$(head -n 1 "$pid"); then
            kill -QUIT "$server"
            tries=0
            while kill -0 "$server" && [ $tries -lt 100 ]; do tries=$((tries + 1)); sleep 0.05; done
          fi
        done
        rm -rf "$1"
        """;

    private readonly HolderLock _held;
    private readonly Process _remover;

    private TemporaryDataFolder(string folder)
    {
        Path = DataIn(folder);
        _held = HolderLock.Acquire(folder, new Holder(Environment.ProcessId, TimeProvider.System.GetUtcNow(), null));
        // In a session of its own, so that a Ctrl-C meant for us does not end it first.
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"exec $(command -v setsid) /bin/sh -c '{RemoveAtEnd}' sh \"$1\"", "sh", folder])
        {
            RedirectStandardInput = true, UseShellExecute = false, WorkingDirectory = "/",
        };
        _remover = Process.Start(start)!;
    }

    /// <summary>The data folder; it does not exist yet.</summary>
    public string Path { get; }

    /// <summary>A new folder, after removing those that earlier runs could not.</summary>
    public static async Task<TemporaryDataFolder> CreateAsync()
    {
        Directory.CreateDirectory(Base);
        foreach (var folder in Directory.EnumerateDirectories(Base))
            await RemoveLeftOverAsync(folder);
        var name = Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "-" + System.IO.Path.GetRandomFileName()[..4];
        return new TemporaryDataFolder(System.IO.Path.Combine(Base, name));
    }

    /// <summary>Stops what runs on the folder and removes it.</summary>
    public void Dispose()
    {
        _held.Dispose();
        _remover.StandardInput.Close();
        _remover.WaitForExit();
        _remover.Dispose();
    }

    /// <summary>
    /// Hundreds of databases come and go, each of a thousand files, which costs a file system on a disk dear. Nothing here
    /// outlives a loss of power, so they lie in memory where there is plenty.
    /// </summary>
    private static string Ground()
    {
        try
        {
            if (Directory.Exists(Memory) && new DriveInfo(Memory) is { DriveFormat: "tmpfs" } memory && memory.AvailableFreeSpace >= Roomy)
                return Memory;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Not for us.
        }
        return System.IO.Path.GetTempPath();
    }

    // Its parent carries the lock that says the folder is in use: the data folder's own is for the tests.
    private static string DataIn(string folder) => System.IO.Path.Combine(folder, "data");

    private static async Task RemoveLeftOverAsync(string folder)
    {
        try
        {
            if (TimeProvider.System.GetUtcNow().UtcDateTime - Directory.GetCreationTimeUtc(folder) < Settled)
                return;
            using var held = HolderLock.TryAcquire(folder, new Holder(Environment.ProcessId, TimeProvider.System.GetUtcNow(), null));
            if (held is null)
                return;
            await PrivatePostgres.StopLeftOverAsync(DataIn(folder), StopTimeout);
            await PrivatePostgres.StopLeftOverAsync(System.IO.Path.Combine(DataIn(folder), "postgres"), StopTimeout);
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception failure) when (failure is IOException or PrivatePostgresException)
        {
            // Another test process is removing it, too.
        }
    }
}
