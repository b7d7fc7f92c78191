using Planning.Client.Http;
using Planning.Contracts;

namespace Planning.Client;

/// <summary>Manifests, their canonical documents, signatures and evidence packs.</summary>
public sealed class ManifestsClient
{
    private readonly Transport transport;

    internal ManifestsClient(Transport transport) => this.transport = transport;

    /// <param name="planId">Null lists those of all plans.</param>
    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<Page<ManifestItem>> ListAsync(string? planId = null, int? limit = null, string? cursor = null, long? minPosition = null, CancellationToken cancellation = default) =>
        transport.GetAsync(Paths.Query("v1/manifests", ("plan_id", planId), ("limit", limit), ("cursor", cursor)), json => json.PageManifestItem, cancellation, minPosition);

    /// <summary>All manifests, fetched page by page as they are asked for.</summary>
    /// <param name="planId">Null lists those of all plans.</param>
    /// <exception cref="PlanningApiException">Refused.</exception>
    public IAsyncEnumerable<ManifestItem> ListAllAsync(string? planId = null, CancellationToken cancellation = default) =>
        Pages.AllAsync((cursor, cancel) => ListAsync(planId, Pages.Size, cursor, minPosition: null, cancel), cancellation);

    /// <param name="wait">For a manifest that is being made: the server waits for it up to a minute. Null answers at once.</param>
    /// <exception cref="PlanningApiException">Refused; <c>manifest_not_found</c> also for the moment between packaging and the manifest's making.</exception>
    public Task<ManifestView> GetAsync(string manifestId, TimeSpan? wait = null, CancellationToken cancellation = default) =>
        transport.GetAsync(Path(manifestId), json => json.ManifestView, cancellation, wait: wait);

    /// <summary>The exact bytes whose SHA-256 is signed.</summary>
    /// <param name="wait">As for <see cref="GetAsync"/>.</param>
    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<RawContent> GetDocumentAsync(string manifestId, TimeSpan? wait = null, CancellationToken cancellation = default) =>
        transport.GetBytesAsync(Path(manifestId, "/document"), cancellation, wait);

    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<ManifestView> SignAsync(string manifestId, SignRequest signature, CommandOptions? command = null, CancellationToken cancellation = default) =>
        transport.CommandAsync(HttpMethod.Post, Path(manifestId, "/signatures"), signature, json => json.SignRequest, json => json.ManifestView, command, cancellation);

    /// <summary>The evidence pack; <c>planning verify</c> checks it without a server.</summary>
    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<RawContent> GetPackAsync(string manifestId, CancellationToken cancellation = default) => transport.GetBytesAsync(Path(manifestId, "/pack"), cancellation);

    private static string Path(string id, string rest = "") => $"v1/manifests/{Paths.Escape(id)}{rest}";
}
