namespace Planning.Contracts;

/// <param name="PublicKeyPem">SubjectPublicKeyInfo of an RSA key of at least 2,048 bits, as PEM.</param>
/// <param name="Person">Whose key it is.</param>
/// <param name="Role">The role that it signs for: planning_lead or technical_reviewer.</param>
/// <param name="ValidFrom">From now where none is given.</param>
public sealed record RegisterKeyRequest(string PublicKeyPem, string Person, string Role, DateTimeOffset ValidTo, DateTimeOffset? ValidFrom = null);

public sealed record KeyView(
    string Fingerprint, string PublicKeyPem, string Person, string Role, DateTimeOffset ValidFrom, DateTimeOffset ValidTo, DateTimeOffset? RevokedAt = null);

public sealed record KeyList(IReadOnlyList<KeyView> Items);

/// <param name="Holder">The id of the person or service that the key acts as.</param>
/// <param name="Kind">person or service.</param>
/// <param name="Roles">planner, planning_lead, technical_reviewer, approver, board, release_manager, executor, operator, auditor, admin.</param>
/// <param name="ExpiresAt">Never where none is given.</param>
/// <param name="Groups">That the holder belongs to: environments that these own or use are the holder's to see.</param>
public sealed record CreateApiKeyRequest(string Holder, string Kind, IReadOnlyList<string> Roles, DateTimeOffset? ExpiresAt = null, IReadOnlyList<string>? Groups = null);

/// <param name="StepUpAt">When its holder last proved who they are by a second factor.</param>
public sealed record ApiKeyView(
    string KeyId, string Holder, string Kind, IReadOnlyList<string> Roles, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt = null, DateTimeOffset? RevokedAt = null,
    IReadOnlyList<string>? Groups = null, DateTimeOffset? StepUpAt = null);

/// <summary>That the holder of an API key has just proved who they are by a second factor.</summary>
/// <param name="At">When; now where none is given.</param>
public sealed record StepUpRequest(DateTimeOffset? At = null);

/// <param name="Token">Shown this once; the server keeps a hash of it only.</param>
public sealed record CreatedApiKeyView(ApiKeyView Key, string Token);

public sealed record ApiKeyList(IReadOnlyList<ApiKeyView> Items);

/// <summary>What can be erased: a name and an address behind a pseudonymous id.</summary>
public sealed record SavePersonRequest(string Name, string? Mail = null);

public sealed record PersonView(string Id, string Name, string? Mail = null);
