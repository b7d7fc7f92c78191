namespace Planning.Client.Http;

internal static class Handlers
{
    /// <summary>After this time a connection is made anew, so that a changed address of the server is noticed.</summary>
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    public static SocketsHttpHandler New() => new()
    {
        // A redirect would turn a command into a read, or carry the key elsewhere.
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionLifetime = ConnectionLifetime,
    };

    public static HttpClient NewClient() => new(New()) { Timeout = Timeout.InfiniteTimeSpan };
}
