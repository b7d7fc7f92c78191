using System.Text.Json;

namespace Planning.Postgres.Private;

/// <summary>Who works on a data folder.</summary>
/// <param name="Pid">The process.</param>
/// <param name="StartedAt">Since when, UTC.</param>
/// <param name="Url">Where it serves; null until it does.</param>
public sealed record Holder(int Pid, DateTimeOffset StartedAt, string? Url);

/// <summary>
/// The right to work on a data folder: one process at a time, given back by the operating system even after a kill -9.
/// Two files: <c>holder.lock</c> is locked and empty, <c>holder.json</c> says who holds it (a locked file cannot be read by others).
/// </summary>
public sealed class HolderLock : IDisposable
{
    internal const string LockName = "holder.lock";
    internal const string HolderName = "holder.json";

    /// <summary>How often a standby looks whether the holder is gone.</summary>
    public static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(200);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    private readonly string _folder;
    private readonly FileStream _file;

    private HolderLock(string folder, FileStream file, Holder holder)
    {
        (_folder, _file) = (folder, file);
        Announce(holder);
    }

    /// <summary>What others are told.</summary>
    public Holder Holder { get; private set; } = null!;

    /// <summary>Takes the folder, creating it if need be.</summary>
    /// <exception cref="DataFolderHeldException">Another process has it; the message names it.</exception>
    public static HolderLock Acquire(string folder, Holder self) =>
        TryAcquire(folder, self) ?? throw Held(folder);

    /// <summary>Takes the folder, or gives null when another process has it.</summary>
    public static HolderLock? TryAcquire(string folder, Holder self)
    {
        try
        {
            Directory.CreateDirectory(folder);
            // FileShare.None takes the operating system's exclusive lock, which ends with the process.
            var file = new FileStream(Path.Combine(folder, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return new HolderLock(folder, file, self);
        }
        catch (UnauthorizedAccessException refused)
        {
            throw new DataFolderUnusableException($"{folder} belongs to another user. Run as that user, or choose another data folder.", refused);
        }
        catch (IOException) when (Directory.Exists(folder) && File.Exists(Path.Combine(folder, LockName)))
        {
            return null;
        }
    }

    /// <summary>Waits as a standby until the holder is gone, then takes the folder.</summary>
    public static async Task<HolderLock> WaitAsync(string folder, Func<Holder> self, TimeProvider time, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(self);
        HolderLock? taken;
        while ((taken = TryAcquire(folder, self())) is null)
            await Task.Delay(Retry, time, cancellation);
        return taken;
    }

    /// <summary>Who has the folder, by their own account; null when nobody says so.</summary>
    public static Holder? Read(string folder)
    {
        try
        {
            return JsonSerializer.Deserialize<Holder>(File.ReadAllText(Path.Combine(folder, HolderName)), Json);
        }
        catch (Exception failure) when (failure is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Tells others something new, such as the address once it is known.</summary>
    public void Announce(Holder holder)
    {
        // Renamed into place: a reader sees the old or the new, never half.
        var draft = Path.Combine(_folder, HolderName + ".new");
        File.WriteAllText(draft, JsonSerializer.Serialize(holder, Json));
        File.Move(draft, Path.Combine(_folder, HolderName), overwrite: true);
        Holder = holder;
    }

    /// <summary>Gives the folder back.</summary>
    public void Dispose()
    {
        if (!_file.CanRead)
            return;
        using (_file)
        {
            // The folder as a whole may have been removed meanwhile.
            if (Directory.Exists(_folder))
                File.Delete(Path.Combine(_folder, HolderName));
        }
    }

    private static DataFolderHeldException Held(string folder)
    {
        var holder = Read(folder);
        var who = holder is null
            ? "by another process"
            : $"by process {holder.Pid} since {holder.StartedAt:yyyy-MM-dd HH:mm:ss} UTC{(holder.Url is null ? "" : $", serving {holder.Url}")}";
        return new DataFolderHeldException(
            $"The data in {Path.GetFullPath(folder)} are held {who}. Stop that one, wait as its standby, or use another data folder.", holder);
    }
}
