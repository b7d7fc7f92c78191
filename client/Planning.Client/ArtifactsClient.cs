using Planning.Client.Http;
using Planning.Contracts;

namespace Planning.Client;

/// <summary>Artifacts and evidence of plans: files by name.</summary>
public sealed class ArtifactsClient
{
    private readonly Transport transport;

    internal ArtifactsClient(Transport transport) => this.transport = transport;

    /// <param name="strict">Refuse the file also where it is merely wrong, in place of attaching it with findings.</param>
    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<ArtifactView> AttachAsync(
        string planId, string name, ReadOnlyMemory<byte> bytes, bool strict = false, CommandOptions? command = null, CancellationToken cancellation = default) =>
        PutAsync(planId, "artifacts", name, bytes, strict, command, cancellation);

    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<ArtifactView> AttachEvidenceAsync(
        string planId, string name, ReadOnlyMemory<byte> bytes, bool strict = false, CommandOptions? command = null, CancellationToken cancellation = default) =>
        PutAsync(planId, "evidence", name, bytes, strict, command, cancellation);

    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<RawContent> GetAsync(string planId, string name, CancellationToken cancellation = default) =>
        transport.GetBytesAsync(Paths.Plan(planId, $"/artifacts/{Paths.Name(name)}"), cancellation);

    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<RawContent> GetEvidenceAsync(string planId, string name, CancellationToken cancellation = default) =>
        transport.GetBytesAsync(Paths.Plan(planId, $"/evidence/{Paths.Name(name)}"), cancellation);

    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<PlanView> RemoveAsync(string planId, string name, CommandOptions? command = null, CancellationToken cancellation = default) =>
        transport.CommandAsync(
            transport.Command(HttpMethod.Delete, Paths.Plan(planId, $"/artifacts/{Paths.Name(name)}"), default, contentType: null, command), json => json.PlanView, cancellation);

    private Task<ArtifactView> PutAsync(
        string planId, string kind, string name, ReadOnlyMemory<byte> bytes, bool strict, CommandOptions? command, CancellationToken cancellation) =>
        transport.CommandAsync(
            transport.Command(
                HttpMethod.Put, Paths.Query(Paths.Plan(planId, $"/{kind}/{Paths.Name(name)}"), ("strict", strict ? true : null)),
                bytes, "application/octet-stream", command),
            json => json.ArtifactView, cancellation);
}
