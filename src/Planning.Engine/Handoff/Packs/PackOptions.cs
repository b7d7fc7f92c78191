namespace Planning.Engine.Handoff.Packs;

public sealed record PackOptions
{
    public static PackOptions Default { get; } = new();

    /// <summary>A larger file is refused before it is read. Default 512 MB; at most 2 GB, what one array holds.</summary>
    public long MaxBytes { get; init; } = 512L * 1024 * 1024;
}
