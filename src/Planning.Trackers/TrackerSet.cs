using Planning.Engine.Trackers;

namespace Planning.Trackers;

/// <summary>The trackers of a settings file, with the connections to them.</summary>
public sealed class TrackerSet : IAsyncDisposable
{
    /// <summary>Names are looked up anew at least this often.</summary>
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    private readonly HttpMessageInvoker http;

    private TrackerSet(HttpMessageInvoker http, IReadOnlyList<ITracker> trackers) => (this.http, Trackers) = (http, trackers);

    public IReadOnlyList<ITracker> Trackers { get; }

    /// <param name="path">Of a file as <see cref="TrackersFile"/> reads it; null or empty for no trackers.</param>
    /// <exception cref="TrackersFileException">See <see cref="TrackersFile.Read"/>.</exception>
    public static TrackerSet Open(string? path, TimeProvider time)
    {
        var options = string.IsNullOrWhiteSpace(path) ? [] : TrackersFile.Read(path);
        // A redirect would take the credentials to where nobody has named.
        var connections = new HttpMessageInvoker(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = ConnectionLifetime });
        return new TrackerSet(connections, [.. options.Select(o => TrackerAdapters.Create(o, connections, time))]);
    }

    public ValueTask DisposeAsync()
    {
        http.Dispose();
        return ValueTask.CompletedTask;
    }
}
