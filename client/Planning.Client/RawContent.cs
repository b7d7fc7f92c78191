namespace Planning.Client;

/// <summary>Bytes of a file as the server has them.</summary>
/// <param name="ETag">Of artifacts and documents: their SHA-256.</param>
public sealed record RawContent(ReadOnlyMemory<byte> Bytes, string? ContentType, string? ETag);
