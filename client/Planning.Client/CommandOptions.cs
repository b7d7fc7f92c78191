using System.Buffers;

namespace Planning.Client;

/// <summary>What a command may carry beside its content.</summary>
public sealed record CommandOptions
{
    private const int MaxKeyLength = 200;

    private static readonly SearchValues<char> KeyCharacters = SearchValues.Create(
        [.. Enumerable.Range('!', '~' - '!' + 1).Select(c => (char)c).Where(c => c != '/')]);

    /// <summary>Sending the command again under the same key, also from another process, has no second effect: 1 to 200 visible ASCII
    /// characters, no slash. Fresh for each call where none is given, and the same over all its tries.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>The version that was seen; another one refuses the command with <c>version_mismatch</c>.</summary>
    public long? IfVersion { get; init; }

    internal static string KeyOf(CommandOptions? options, TimeProvider time)
    {
        if (options?.IdempotencyKey is not { } given)
            return Guid.CreateVersion7(time.GetUtcNow()).ToString();
        if (given.Length is 0 or > MaxKeyLength || given.AsSpan().ContainsAnyExcept(KeyCharacters))
            throw new ArgumentException($"An idempotency key has 1 to {MaxKeyLength} visible ASCII characters and no slash.", nameof(options));
        return given;
    }
}
