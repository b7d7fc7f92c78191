using System.Text;
using Planning.Client.Http;
using Planning.Contracts;

namespace Planning.Client;

/// <summary>Cycles and their digests.</summary>
public sealed class CyclesClient
{
    private readonly Transport transport;

    internal CyclesClient(Transport transport) => this.transport = transport;

    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<CycleView> OpenAsync(OpenCycleRequest cycle, CommandOptions? command = null, CancellationToken cancellation = default) =>
        transport.CommandAsync(HttpMethod.Post, "v1/cycles", cycle, json => json.OpenCycleRequest, json => json.CycleView, command, cancellation);

    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<CycleView> GetAsync(string cycleId, CancellationToken cancellation = default) => transport.GetAsync(Path(cycleId), json => json.CycleView, cancellation);

    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<Page<CycleItem>> ListAsync(bool? open = null, int? limit = null, string? cursor = null, long? minPosition = null, CancellationToken cancellation = default) =>
        transport.GetAsync(Paths.Query("v1/cycles", ("open", open), ("limit", limit), ("cursor", cursor)), json => json.PageCycleItem, cancellation, minPosition);

    /// <summary>All cycles, fetched page by page as they are asked for.</summary>
    /// <exception cref="PlanningApiException">Refused.</exception>
    public IAsyncEnumerable<CycleItem> ListAllAsync(bool? open = null, CancellationToken cancellation = default) =>
        Pages.AllAsync((cursor, cancel) => ListAsync(open, Pages.Size, cursor, minPosition: null, cancel), cancellation);

    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<CycleView> CloseAsync(string cycleId, CloseCycleRequest close, CommandOptions? command = null, CancellationToken cancellation = default) =>
        transport.CommandAsync(HttpMethod.Post, Path(cycleId, "/close"), close, json => json.CloseCycleRequest, json => json.CycleView, command, cancellation);

    /// <summary>The KPIs of an open cycle so far, of everything that this client has written.</summary>
    /// <exception cref="PlanningApiException">Refused; <c>cycle_closed</c> once the figures are in the digest.</exception>
    public Task<CycleKpisView> GetKpisAsync(string cycleId, long? minPosition = null, CancellationToken cancellation = default) =>
        transport.GetAsync(Path(cycleId, "/kpis"), json => json.CycleKpisView, cancellation, minPosition);

    /// <summary>The digest as Markdown.</summary>
    /// <exception cref="PlanningApiException">Refused; <c>digest_not_ready</c> for the moment after closing.</exception>
    public async Task<string> GetDigestMarkdownAsync(string cycleId, CancellationToken cancellation = default) =>
        Encoding.UTF8.GetString((await transport.GetBytesAsync(Path(cycleId, "/digest"), cancellation, accept: "text/markdown")).Bytes.Span);

    /// <summary>The digest as JSON.</summary>
    /// <exception cref="PlanningApiException">Refused; <c>digest_not_ready</c> for the moment after closing.</exception>
    public Task<RawContent> GetDigestJsonAsync(string cycleId, CancellationToken cancellation = default) =>
        transport.GetBytesAsync(Path(cycleId, "/digest"), cancellation, accept: "application/json");

    private static string Path(string id, string rest = "") => $"v1/cycles/{Paths.Escape(id)}{rest}";
}
