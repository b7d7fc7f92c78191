using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Planning.Channels.Tests.Support;

/// <summary>One request as it arrived.</summary>
internal sealed record Received(string Method, string Target, IReadOnlyDictionary<string, string> Headers, byte[] Body);

/// <summary>A real server on a port of this machine, with TLS when it has a certificate; the test says what it answers.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<Received> received = new();

    private Receiver(WebApplication app) => this.app = app;

    public int Port => new Uri(app.Urls.First()).Port;

    public string Origin => $"http://127.0.0.1:{Port}";

    public IReadOnlyList<Received> Requests => [.. received];

    public static Task<Receiver> AnsweringAsync(int status, string body = "", X509Certificate2? certificate = null) =>
        StartAsync(
            async http =>
            {
                http.Response.StatusCode = status;
                await http.Response.WriteAsync(body);
            },
            certificate);

    public static Task<Receiver> RedirectingAsync(int status, string location, X509Certificate2? certificate = null) =>
        StartAsync(
            http =>
            {
                (http.Response.StatusCode, http.Response.Headers.Location) = (status, location);
                return Task.CompletedTask;
            },
            certificate);

    public static async Task<Receiver> StartAsync(Func<HttpContext, Task> answer, X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null)
                listen.UseHttps(certificate);
        }));
        var receiver = new Receiver(builder.Build());
        receiver.app.Run(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            receiver.received.Enqueue(new Received(
                http.Request.Method,
                http.Request.Path + http.Request.QueryString,
                http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
                body.ToArray()));
            await answer(http);
        });
        await receiver.app.StartAsync();
        return receiver;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
