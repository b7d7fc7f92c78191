using Planning.Client.Http;
using Planning.Contracts;

namespace Planning.Client;

/// <summary>Signers' public keys.</summary>
public sealed class KeysClient
{
    private readonly Transport transport;

    internal KeysClient(Transport transport) => this.transport = transport;

    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<KeyView> RegisterAsync(RegisterKeyRequest key, CancellationToken cancellation = default) =>
        transport.CommandAsync(HttpMethod.Post, "v1/keys", key, json => json.RegisterKeyRequest, json => json.KeyView, command: null, cancellation);

    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<KeyList> ListAsync(CancellationToken cancellation = default) => transport.GetAsync("v1/keys", json => json.KeyList, cancellation);

    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task RevokeAsync(string fingerprint, CancellationToken cancellation = default) => transport.DeleteAsync($"v1/keys/{Paths.Escape(fingerprint)}", cancellation);
}

/// <summary>API keys of the caller's workspace.</summary>
public sealed class ApiKeysClient
{
    private readonly Transport transport;

    internal ApiKeysClient(Transport transport) => this.transport = transport;

    /// <summary>The answer holds the token, this once. It is not tried again where it may have happened, as each time makes another key:
    /// after a lost answer, list the keys, revoke the one that nobody holds, and create another.</summary>
    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<CreatedApiKeyView> CreateAsync(CreateApiKeyRequest key, CancellationToken cancellation = default) =>
        transport.CommandAsync(
            transport.Command(HttpMethod.Post, "v1/api-keys", key, json => json.CreateApiKeyRequest, command: null) with
            {
                IdempotencyKey = null,
                Repetition = Repetition.OnlyIfNothingHappened,
            },
            json => json.CreatedApiKeyView,
            cancellation);

    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<ApiKeyList> ListAsync(CancellationToken cancellation = default) => transport.GetAsync("v1/api-keys", json => json.ApiKeyList, cancellation);

    /// <summary>Records that the key's holder has proved who they are by a second factor.</summary>
    /// <param name="at">When; now where none is given.</param>
    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<ApiKeyView> StepUpAsync(string keyId, DateTimeOffset? at = null, CancellationToken cancellation = default) =>
        transport.CommandAsync(
            HttpMethod.Post, $"v1/api-keys/{Paths.Escape(keyId)}/step-up", new StepUpRequest(at), json => json.StepUpRequest, json => json.ApiKeyView, command: null, cancellation);

    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task RevokeAsync(string keyId, CancellationToken cancellation = default) => transport.DeleteAsync($"v1/api-keys/{Paths.Escape(keyId)}", cancellation);
}

/// <summary>Names and addresses behind pseudonymous ids.</summary>
public sealed class PersonsClient
{
    private readonly Transport transport;

    internal PersonsClient(Transport transport) => this.transport = transport;

    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<PersonView> SaveAsync(string personId, SavePersonRequest person, CancellationToken cancellation = default) =>
        transport.CommandAsync(HttpMethod.Put, Path(personId), person, json => json.SavePersonRequest, json => json.PersonView, command: null, cancellation);

    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<PersonView> GetAsync(string personId, CancellationToken cancellation = default) => transport.GetAsync(Path(personId), json => json.PersonView, cancellation);

    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task EraseAsync(string personId, CancellationToken cancellation = default) => transport.DeleteAsync(Path(personId), cancellation);

    private static string Path(string id) => $"v1/persons/{Paths.Escape(id)}";
}
