namespace Planning.Deployment.Tests;

/// <summary>An amount as Kubernetes writes it, in thousandths.</summary>
internal static class Quantity
{
    /// <exception cref="FormatException">It is written in another unit than those used here.</exception>
    public static long Of(string text) => text switch
    {
        [.. var milli, 'm'] => long.Parse(milli),
        [.. var gibi, 'G', 'i'] => long.Parse(gibi) * 1000 * (1L << 30),
        [.. var mebi, 'M', 'i'] => long.Parse(mebi) * 1000 * (1L << 20),
        _ => long.Parse(text) * 1000,
    };
}
