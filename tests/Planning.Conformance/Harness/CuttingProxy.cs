using System.Net.Sockets;
using Npgsql;

namespace Planning.Conformance.Harness;

/// <summary>Where a connection is cut.</summary>
public enum Cut
{
    /// <summary>The next statement does not reach the server.</summary>
    BeforeTheStatement,

    /// <summary>The next statement reaches the server, and its caller is gone while it runs.</summary>
    WhileItRuns,

    /// <summary>The server has answered the next statement, and the answer is lost.</summary>
    BeforeTheAnswer,
}

/// <summary>
/// Stands between client and server on a socket of its own, and cuts the log writer's connection at a named place.
/// </summary>
public sealed class CuttingProxy : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("cut").FullName;
    private readonly Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly string target;
    private readonly Task accepting;
    private readonly Lock gate = new();
    private Cut? armed;
    private int cuts;

    public CuttingProxy(string connectionString)
    {
        var server = new NpgsqlConnectionStringBuilder(connectionString);
        target = Path.Combine(server.Host!, $".s.PGSQL.{server.Port}");
        ConnectionString = new NpgsqlConnectionStringBuilder(connectionString) { Host = folder }.ConnectionString;
        listener.Bind(new UnixDomainSocketEndPoint(Path.Combine(folder, $".s.PGSQL.{server.Port}")));
        listener.Listen();
        accepting = AcceptAsync();
    }

    public string ConnectionString { get; }

    /// <summary>How often the writer's connection was cut.</summary>
    public int Cuts => Volatile.Read(ref cuts);

    /// <summary>Cuts once, at the writer's next statement.</summary>
    public void Arm(Cut where)
    {
        lock (gate)
            armed = where;
    }

    public async ValueTask DisposeAsync()
    {
        listener.Dispose();
        await accepting;
        Directory.Delete(folder, recursive: true);
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await listener.AcceptAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using var ends = client;
        using var server = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await server.ConnectAsync(new UnixDomainSocketEndPoint(target));
        var connection = new Connection(client, server);
        await Task.WhenAll(ToServerAsync(connection), ToClientAsync(connection));
    }

    private Task ToServerAsync(Connection connection) => PumpAsync(connection.Client, connection.Server, bytes =>
    {
        // The start-up message tells who it is; passwords and the epoch query come before the first statement that counts.
        connection.IsWriter |= bytes.Span.IndexOf("planning_writer"u8) >= 0;
        if (!connection.IsWriter || !Take(Cut.BeforeTheStatement))
            return true;
        connection.Client.Close();
        return false;
    }, bytes =>
    {
        if (connection.IsWriter && Take(Cut.WhileItRuns))
            connection.Client.Close();
    });

    private Task ToClientAsync(Connection connection) => PumpAsync(connection.Server, connection.Client, bytes =>
    {
        if (!connection.IsWriter || !Take(Cut.BeforeTheAnswer))
            return true;
        connection.Client.Close();
        return false;
    }, _ => { });

    private bool Take(Cut where)
    {
        lock (gate)
        {
            if (armed != where)
                return false;
            armed = null;
            Interlocked.Increment(ref cuts);
            return true;
        }
    }

    private static async Task PumpAsync(Socket from, Socket to, Func<Memory<byte>, bool> mayPass, Action<Memory<byte>> passed)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var count)
            {
                if (!mayPass(buffer.AsMemory(0, count)))
                    break;
                await to.SendAsync(buffer.AsMemory(0, count));
                passed(buffer.AsMemory(0, count));
            }
            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // One end is gone; the other pump ends with it.
        }
    }

    private sealed class Connection(Socket client, Socket server)
    {
        public Socket Client { get; } = client;

        public Socket Server { get; } = server;

        public bool IsWriter { get; set; }
    }
}
