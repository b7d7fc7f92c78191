namespace Planning.Client;

/// <summary>What a command may carry beside its content.</summary>
public sealed record CommandOptions
{
    /// <summary>Sending the command again under the same key, also from another process, has no second effect. Fresh for each call where none is given.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>The version that was seen; another one refuses the command with <c>version_mismatch</c>.</summary>
    public long? IfVersion { get; init; }
}
