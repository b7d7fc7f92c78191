using System.Net;
using System.Net.Sockets;

namespace Planning.Channels.Outbound;

/// <summary>Opens a connection to an address that was checked.</summary>
internal delegate ValueTask<Stream> Dial(IPEndPoint to, CancellationToken cancellation);

/// <summary>
/// The only way a connection comes about: the name is resolved once, all of its addresses are judged, and one of just these is connected to.
/// A name that means something else a moment later therefore gains nothing.
/// </summary>
internal sealed class CheckedConnections(OutboundGuard guard, IHostResolver resolver, Dial dial, TimeProvider time)
{
    /// <summary>How long one of several addresses may take before the next is tried.</summary>
    private static readonly TimeSpan AddressPatience = TimeSpan.FromSeconds(3);

    /// <exception cref="UnsafeAddressException">The name resolves to something that may not be sent to.</exception>
    public async ValueTask<Stream> OpenAsync(string host, int port, CancellationToken cancellation)
    {
        IReadOnlyList<IPAddress> addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await resolver.ResolveAsync(host, cancellation);
        var name = literal?.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{literal}]" : host;
        if (guard.Refuse(name, port, addresses) is { } problem)
            throw new UnsafeAddressException(problem);

        for (var i = 0; i < addresses.Count - 1; i++)
        {
            using var patience = new CancellationTokenSource(AddressPatience, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
            try
            {
                return await dial(new IPEndPoint(addresses[i], port), either.Token);
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException && !cancellation.IsCancellationRequested)
            {
                // The next address may be reachable; the last one's failure is told.
            }
        }
        return addresses.Count > 0
            ? await dial(new IPEndPoint(addresses[^1], port), cancellation)
            : throw new SocketException((int)SocketError.HostNotFound);
    }

    public static async ValueTask<Stream> DialAsync(IPEndPoint to, CancellationToken cancellation)
    {
        var socket = new Socket(to.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(to, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>A name leads to where nothing may be sent.</summary>
internal sealed class UnsafeAddressException(string reason) : Exception(reason);
