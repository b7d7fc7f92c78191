using Planning.Domain;
using Planning.Engine.Calendars;

namespace Planning.Engine.People;

/// <summary>
/// Persons, API keys, signers' public keys and calendar feeds. These are the records that are not in the log: they hold what must be
/// erasable (names, addresses) or secret (key hashes). The log knows persons by their pseudonymous id alone.
/// </summary>
public interface IDirectory
{
    ValueTask<ApiKey?> FindApiKeyAsync(ReadOnlyMemory<byte> secretHash, CancellationToken cancellation);

    /// <summary>Whether any key is configured at all; where none is, only loopback is served.</summary>
    ValueTask<bool> HasApiKeysAsync(CancellationToken cancellation);

    ValueTask AddApiKeyAsync(ApiKey key, CancellationToken cancellation);

    ValueTask<IReadOnlyList<ApiKey>> ListApiKeysAsync(WorkspaceId workspace, CancellationToken cancellation);

    /// <summary>False where there is no such key, or where it was revoked before.</summary>
    ValueTask<bool> RevokeApiKeyAsync(WorkspaceId workspace, string keyId, DateTimeOffset at, CancellationToken cancellation);

    /// <summary>Records that the holder has proved who they are by a second factor. False where there is no such key, or where it is revoked.</summary>
    ValueTask<bool> StepUpApiKeyAsync(WorkspaceId workspace, string keyId, DateTimeOffset at, CancellationToken cancellation);

    /// <summary>Whether a person or service has any key that is neither revoked nor expired.</summary>
    ValueTask<bool> HoldsApiKeyAsync(WorkspaceId workspace, PersonId holder, DateTimeOffset at, CancellationToken cancellation);

    ValueTask AddFeedAsync(CalendarFeed feed, CancellationToken cancellation);

    /// <summary>Also one that is revoked.</summary>
    ValueTask<CalendarFeed?> FindFeedAsync(ReadOnlyMemory<byte> secretHash, CancellationToken cancellation);

    /// <summary>Those of a person that are not revoked, the oldest first.</summary>
    ValueTask<IReadOnlyList<CalendarFeed>> ListFeedsAsync(WorkspaceId workspace, PersonId person, CancellationToken cancellation);

    /// <summary>False where the person has no such feed, or has revoked it before.</summary>
    ValueTask<bool> RevokeFeedAsync(WorkspaceId workspace, PersonId person, string feedId, DateTimeOffset at, CancellationToken cancellation);

    /// <summary>False where the fingerprint is registered already, to whomever.</summary>
    ValueTask<bool> AddSignerKeyAsync(SignerKey key, CancellationToken cancellation);

    ValueTask<SignerKey?> FindSignerKeyAsync(WorkspaceId workspace, string fingerprint, CancellationToken cancellation);

    ValueTask<IReadOnlyList<SignerKey>> ListSignerKeysAsync(WorkspaceId workspace, CancellationToken cancellation);

    ValueTask<bool> RevokeSignerKeyAsync(WorkspaceId workspace, string fingerprint, DateTimeOffset at, CancellationToken cancellation);

    ValueTask SavePersonAsync(Person person, CancellationToken cancellation);

    ValueTask<Person?> FindPersonAsync(WorkspaceId workspace, PersonId id, CancellationToken cancellation);

    /// <summary>Erases name and contacts; the pseudonymous id stays in the log and says nothing any more.</summary>
    ValueTask<bool> ErasePersonAsync(WorkspaceId workspace, PersonId id, CancellationToken cancellation);
}

/// <param name="SecretHash">SHA-256 of the secret; the secret itself is shown once and never stored.</param>
public sealed record ApiKey(
    string KeyId, WorkspaceId Workspace, PersonId Holder, ActorKind HolderKind, IReadOnlyList<Role> Roles,
    ReadOnlyMemory<byte> SecretHash, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt)
{
    /// <summary>That the holder belongs to.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>When the holder last proved who they are by a second factor; null for never.</summary>
    public DateTimeOffset? StepUpAt { get; init; }
}

/// <param name="Fingerprint"><c>sha256:</c> and the hexadecimal SHA-256 of the SubjectPublicKeyInfo.</param>
/// <param name="PublicKeyPem">SubjectPublicKeyInfo as PEM.</param>
public sealed record SignerKey(
    WorkspaceId Workspace, string Fingerprint, string PublicKeyPem, PersonId Person, Role Role,
    DateTimeOffset ValidFrom, DateTimeOffset ValidTo, DateTimeOffset? RevokedAt);

public sealed record Person(WorkspaceId Workspace, PersonId Id, string Name, string? Mail);
