using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Planning.Channels.Outbound;

/// <summary>
/// Sends to addresses that users give, and only where that is safe (docs/adr/0014). Knows no proxy, no cookies and no credentials, and follows
/// redirects by hand:
/// 1 the address is read and checked, 2 a connection is opened to what its name resolves to, all of it checked, 3 the request is sent,
/// 4 a redirect begins at 1 again; another receiver gets neither headers nor bodies. How long all may take is the caller's decision.
/// </summary>
public sealed class OutboundClient : IDisposable
{
    /// <summary>Names are looked up anew at least this often.</summary>
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(1);

    private const int MaxHeaderKilobytes = 32;

    private readonly OutboundGuard guard;
    private readonly OutboundOptions options;
    private readonly TimeProvider time;
    private readonly HttpMessageInvoker http;

    /// <exception cref="ArgumentException">An option is out of range; the message says which.</exception>
    public OutboundClient(OutboundOptions options, TimeProvider time, IHostResolver? resolver = null)
        : this(options, time, resolver ?? new SystemHostResolver(), CheckedConnections.DialAsync, roots: null)
    {
    }

    /// <param name="roots">What is trusted instead of the machine's authorities.</param>
    internal OutboundClient(OutboundOptions options, TimeProvider time, IHostResolver resolver, Dial dial, X509Certificate2Collection? roots)
    {
        (this.options, this.time, guard) = (options, time, new OutboundGuard(options));
        http = new HttpMessageInvoker(Handler(new CheckedConnections(guard, resolver, dial, time), roots));
    }

    /// <summary>Why nothing can ever be sent to this address, as far as can be told without resolving its name; null when it may be.</summary>
    public string? Refuse(string address) => guard.Check(address).Problem;

    /// <exception cref="OperationCanceledException">The caller waits no longer.</exception>
    public async ValueTask<OutboundResult> SendAsync(OutboundRequest request, CancellationToken cancellation)
    {
        // :: Step 1: the address.
        var (address, problem) = guard.Check(request.Address);
        if (address is null)
            return new OutboundResult.Refused(problem!);
        try
        {
            var whole = true;
            for (var followed = 0; ; followed++)
            {
                // :: Steps 2 and 3: connect and send.
                using var message = request.To(address.Uri, whole);
                using var response = await http.SendAsync(message, cancellation);
                if (!Redirects.IsOne(response.StatusCode))
                    return await Answers.ReadAsync(response, request.WantsBody ? options.MaxResponseBytes : 0, time, cancellation);

                // :: Step 4: another address.
                if (followed == options.MaxRedirects)
                    return new OutboundResult.Refused($"{address.Host.Name} redirects more than {options.MaxRedirects} times.");
                (var next, problem) = Redirects.Follow(guard, request, address, response);
                if (next is null)
                    return new OutboundResult.Refused(problem!);
                whole &= next.HasOriginOf(address);
                address = next;
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return Answers.Of(e, address.Host.Name);
        }
    }

    public void Dispose() => http.Dispose();

    private static SocketsHttpHandler Handler(CheckedConnections connections, X509Certificate2Collection? roots)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            // Trace ids are of no concern to receivers.
            ActivityHeadersPropagator = null,
            MaxResponseHeadersLength = MaxHeaderKilobytes,
            PooledConnectionLifetime = ConnectionLifetime,
            ConnectCallback = (context, cancellation) => connections.OpenAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellation),
        };
        if (roots is not null)
        {
            handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            handler.SslOptions.CertificateChainPolicy.CustomTrustStore.AddRange(roots);
        }
        return handler;
    }
}
