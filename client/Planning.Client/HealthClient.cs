using Planning.Client.Http;
using Planning.Contracts;

namespace Planning.Client;

/// <summary>How the server is. Each call asks once: the answer is for now.</summary>
public sealed class HealthClient
{
    private readonly Transport transport;

    internal HealthClient(Transport transport) => this.transport = transport;

    /// <summary>Whether the process answers at all.</summary>
    /// <exception cref="PlanningConnectionException">It does not.</exception>
    public Task<HealthView> LiveAsync(CancellationToken cancellation = default) => LookAsync("health/live", cancellation);

    /// <summary>Whether every backing service answers; <c>not_ready</c> is an answer, too, and names those that do not.</summary>
    /// <exception cref="PlanningConnectionException">The process itself does not answer.</exception>
    public Task<HealthView> ReadyAsync(CancellationToken cancellation = default) => LookAsync("health/ready", cancellation);

    private async Task<HealthView> LookAsync(string path, CancellationToken cancellation)
    {
        var request = new ApiRequest(HttpMethod.Get, path) { Repetition = Repetition.Never };
        var answer = await transport.SendAsync(request, cancellation);
        // A problem document is no health view: then somebody else answers, such as a proxy.
        return Transport.Value(request, answer is { Status: 503, MediaType: "application/json" } ? answer with { Status = 200 } : answer, json => json.HealthView);
    }
}
