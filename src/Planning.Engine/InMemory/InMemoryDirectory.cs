using System.Collections.Concurrent;
using Planning.Domain;
using Planning.Engine.People;

namespace Planning.Engine.InMemory;

/// <summary>Persons and keys in dictionaries.</summary>
public sealed partial class InMemoryDirectory : IDirectory
{
    private readonly ConcurrentDictionary<string, ApiKey> apiKeys = new();
    private readonly ConcurrentDictionary<(WorkspaceId, string), SignerKey> signerKeys = new();
    private readonly ConcurrentDictionary<(WorkspaceId, PersonId), Person> persons = new();

    public ValueTask<ApiKey?> FindApiKeyAsync(ReadOnlyMemory<byte> secretHash, CancellationToken cancellation) =>
        new(apiKeys.Values.FirstOrDefault(k => k.SecretHash.Span.SequenceEqual(secretHash.Span)));

    public ValueTask<bool> HasApiKeysAsync(CancellationToken cancellation) => new(!apiKeys.IsEmpty);

    public ValueTask AddApiKeyAsync(ApiKey key, CancellationToken cancellation)
    {
        apiKeys[key.KeyId] = key;
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<ApiKey>> ListApiKeysAsync(WorkspaceId workspace, CancellationToken cancellation) =>
        new([.. apiKeys.Values.Where(k => k.Workspace == workspace).OrderBy(k => k.CreatedAt).ThenBy(k => k.KeyId, StringComparer.Ordinal)]);

    public ValueTask<bool> RevokeApiKeyAsync(WorkspaceId workspace, string keyId, DateTimeOffset at, CancellationToken cancellation) =>
        new(apiKeys.TryGetValue(keyId, out var key) && key.Workspace == workspace && key.RevokedAt is null
            && apiKeys.TryUpdate(keyId, key with { RevokedAt = at }, key));

    public ValueTask<bool> StepUpApiKeyAsync(WorkspaceId workspace, string keyId, DateTimeOffset at, CancellationToken cancellation) =>
        new(apiKeys.TryGetValue(keyId, out var key) && key.Workspace == workspace && key.RevokedAt is null
            && apiKeys.TryUpdate(keyId, key with { StepUpAt = at }, key));

    public ValueTask<bool> AddSignerKeyAsync(SignerKey key, CancellationToken cancellation) =>
        new(signerKeys.TryAdd((key.Workspace, key.Fingerprint), key));

    public ValueTask<SignerKey?> FindSignerKeyAsync(WorkspaceId workspace, string fingerprint, CancellationToken cancellation) =>
        new(signerKeys.GetValueOrDefault((workspace, fingerprint)));

    public ValueTask<IReadOnlyList<SignerKey>> ListSignerKeysAsync(WorkspaceId workspace, CancellationToken cancellation) =>
        new([.. signerKeys.Values.Where(k => k.Workspace == workspace).OrderBy(k => k.Fingerprint, StringComparer.Ordinal)]);

    public ValueTask<bool> RevokeSignerKeyAsync(WorkspaceId workspace, string fingerprint, DateTimeOffset at, CancellationToken cancellation) =>
        new(signerKeys.TryGetValue((workspace, fingerprint), out var key) && key.RevokedAt is null
            && signerKeys.TryUpdate((workspace, fingerprint), key with { RevokedAt = at }, key));

    public ValueTask SavePersonAsync(Person person, CancellationToken cancellation)
    {
        persons[(person.Workspace, person.Id)] = person;
        return ValueTask.CompletedTask;
    }

    public ValueTask<Person?> FindPersonAsync(WorkspaceId workspace, PersonId id, CancellationToken cancellation) =>
        new(persons.GetValueOrDefault((workspace, id)));

    public ValueTask<bool> ErasePersonAsync(WorkspaceId workspace, PersonId id, CancellationToken cancellation) =>
        new(persons.TryRemove((workspace, id), out _));
}
