using Planning.Client.Http;
using Planning.Contracts;

namespace Planning.Client;

/// <summary>The workspace's rulebook, and those that might hold in its place.</summary>
public sealed class RulebookClient
{
    private readonly Transport transport;

    internal RulebookClient(Transport transport) => this.transport = transport;

    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<RulebookView> GetAsync(CancellationToken cancellation = default) => transport.GetAsync("v1/rulebook", json => json.RulebookView, cancellation);

    /// <summary>One that holds, held, or is proposed.</summary>
    /// <exception cref="PlanningApiException">Refused: <c>rulebook_not_found</c>.</exception>
    public Task<RulebookView> GetAsync(string hash, CancellationToken cancellation = default) => transport.GetAsync(Path(hash), json => json.RulebookView, cancellation);

    /// <exception cref="PlanningApiException">Refused: <c>rulebook_invalid</c> with file, line and column of every error.</exception>
    public Task<RulebookView> ActivateAsync(IReadOnlyDictionary<string, string> files, CommandOptions? command = null, CancellationToken cancellation = default) =>
        transport.CommandAsync(
            HttpMethod.Put, "v1/rulebook", new ActivateRulebookRequest(files), json => json.ActivateRulebookRequest, json => json.RulebookView, command, cancellation);

    /// <summary>Lets one hold that is proposed, or held before: rolling back is activating an older one.</summary>
    /// <exception cref="PlanningApiException">Refused: <c>rulebook_not_found</c>; <c>rulebook_invalid</c> where this release cannot read it any more.</exception>
    public Task<RulebookView> ActivateAsync(string hash, CommandOptions? command = null, CancellationToken cancellation = default) => transport.CommandAsync(
        transport.Command(HttpMethod.Post, Path(hash, "/activate"), ReadOnlyMemory<byte>.Empty, contentType: null, command), json => json.RulebookView, cancellation);

    /// <summary>Everything that is wrong with a set of files, of which nothing is kept.</summary>
    /// <exception cref="PlanningApiException">Refused; not for what is wrong with the files.</exception>
    public Task<RulebookCheckView> ValidateAsync(IReadOnlyDictionary<string, string> files, CancellationToken cancellation = default) => transport.CommandAsync(
        HttpMethod.Post, "v1/rulebooks/validate", new ProposeRulebookRequest(files), json => json.ProposeRulebookRequest, json => json.RulebookCheckView, null, cancellation);

    /// <summary>Keeps a rulebook for a dry run; it is then activated by its hash.</summary>
    /// <exception cref="PlanningApiException">Refused: <c>rulebook_invalid</c> with file, line and column of every error.</exception>
    public Task<RulebookProposalView> ProposeAsync(IReadOnlyDictionary<string, string> files, CommandOptions? command = null, CancellationToken cancellation = default) =>
        transport.CommandAsync(
            HttpMethod.Post, "v1/rulebooks", new ProposeRulebookRequest(files), json => json.ProposeRulebookRequest, json => json.RulebookProposalView, command, cancellation);

    /// <summary>What was proposed and activated, the last first.</summary>
    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<Page<RulebookHistoryItem>> ListAsync(int? limit = null, string? cursor = null, CancellationToken cancellation = default) =>
        transport.GetAsync(Paths.Query("v1/rulebooks", ("limit", limit), ("cursor", cursor)), json => json.PageRulebookHistoryItem, cancellation);

    /// <summary>One page of what would become of the verdicts on open plans. A page without items is not the last one as long as it has a cursor.</summary>
    /// <exception cref="PlanningApiException">Refused: <c>rulebook_not_found</c>.</exception>
    public Task<DryRunView> DryRunAsync(
        string hash, string? stream = null, int? limit = null, string? cursor = null, long? minPosition = null, CancellationToken cancellation = default) => transport.GetAsync(
        Paths.Query(Path(hash, "/dry-run"), ("stream", stream), ("limit", limit), ("cursor", cursor)), json => json.DryRunView, cancellation, minPosition);

    private static string Path(string hash, string rest = "") => $"v1/rulebooks/{Paths.Escape(hash)}{rest}";
}
