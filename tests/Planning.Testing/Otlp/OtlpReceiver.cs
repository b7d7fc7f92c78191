using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Planning.Testing.Otlp;

/// <summary>Takes what processes send by OTLP over HTTP, on this machine.</summary>
public sealed class OtlpReceiver : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HttpListener listener = new();
    private readonly ConcurrentQueue<OtlpSpan> spans = new();
    private readonly ConcurrentDictionary<string, int> metrics = new();
    private readonly Task serving;
    private volatile TaskCompletionSource arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public OtlpReceiver()
    {
        Endpoint = $"http://127.0.0.1:{FreePort()}";
        listener.Prefixes.Add(Endpoint + "/");
        listener.Start();
        serving = Task.Run(ServeAsync);
    }

    public string Endpoint { get; }

    public IReadOnlyList<OtlpSpan> Spans => [.. spans];

    /// <summary>The instances that have sent metrics.</summary>
    public IReadOnlyCollection<string> Measured => [.. metrics.Keys];

    /// <summary>Ends once it is so.</summary>
    public async Task UntilAsync(Func<OtlpReceiver, bool> wanted)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            var next = arrived.Task;
            if (wanted(this))
                return;
            await next.WaitAsync(limit.Token);
        }
    }

    public void Dispose()
    {
        listener.Stop();
        serving.Wait();
        listener.Close();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext call;
            try
            {
                call = await listener.GetContextAsync();
            }
            catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
            using var body = new MemoryStream();
            await call.Request.InputStream.CopyToAsync(body);
            Take(call.Request.Url!.AbsolutePath, body.ToArray());
            call.Response.StatusCode = 200;
            call.Response.Close();
            Interlocked.Exchange(ref arrived, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        }
    }

    private void Take(string path, byte[] body)
    {
        if (path == "/v1/traces")
        {
            foreach (var span in OtlpSpan.Of(body))
                spans.Enqueue(span);
        }
        else if (path == "/v1/metrics")
        {
            foreach (var instance in OtlpSpan.InstancesOf(body))
                metrics[instance] = 1;
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
