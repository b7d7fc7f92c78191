using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Planning.Channels.Outbound;
using Planning.Testing;

namespace Planning.Channels.Tests.Support;

/// <summary>
/// A network of the test's own: what names resolve to, one look-up after the other, and which public addresses are in truth servers of this
/// machine. Writes down every look-up and every connection; what is connected to no server is refused.
/// </summary>
internal sealed class Network : IHostResolver
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<IPAddress[]>> names = new();
    private readonly ConcurrentDictionary<IPAddress, int> servers = new();
    private readonly HashSet<IPAddress> silent = [];

    public FakeTime Time { get; } = new();

    public ConcurrentQueue<string> LookUps { get; } = new();

    public ConcurrentQueue<IPEndPoint> Connections { get; } = new();

    /// <summary>What a name resolves to; said several times, each look-up gets the next, and later ones the last.</summary>
    public Network Name(string host, params string[] addresses)
    {
        names.GetOrAdd(host, _ => new()).Enqueue([.. addresses.Select(IPAddress.Parse)]);
        return this;
    }

    public Network Server(string address, Receiver receiver)
    {
        servers[IPAddress.Parse(address)] = receiver.Port;
        return this;
    }

    /// <summary>An address that takes a connection up and never answers.</summary>
    public Network Silent(string address)
    {
        silent.Add(IPAddress.Parse(address));
        return this;
    }

    public OutboundClient Client(OutboundOptions options, X509Certificate2Collection? roots = null) => new(options, Time, this, DialAsync, roots);

    public ValueTask<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellation)
    {
        LookUps.Enqueue(host);
        if (!names.TryGetValue(host, out var answers))
            throw new SocketException((int)SocketError.HostNotFound);
        if (answers.Count == 1 && answers.TryPeek(out var last))
            return new(last);
        answers.TryDequeue(out var next);
        return new(next!);
    }

    private async ValueTask<Stream> DialAsync(IPEndPoint to, CancellationToken cancellation)
    {
        Connections.Enqueue(to);
        if (silent.Contains(to.Address))
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);
        // Servers of this machine are reached as they are, as an internal receiver is.
        var port = servers.TryGetValue(to.Address, out var server) ? server : IPAddress.IsLoopback(to.Address) ? to.Port : 0;
        return port == 0
            ? throw new SocketException((int)SocketError.ConnectionRefused)
            : await CheckedConnections.DialAsync(new IPEndPoint(IPAddress.Loopback, port), cancellation);
    }
}
