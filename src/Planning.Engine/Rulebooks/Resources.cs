using System.Diagnostics;

namespace Planning.Engine.Rulebooks;

/// <summary>Files of schemas/ that are embedded into the assembly under their path.</summary>
internal static class Resources
{
    public static ReadOnlyMemory<byte> Bytes(string name)
    {
        using var stream = typeof(Resources).Assembly.GetManifestResourceStream(name)
            ?? throw new UnreachableException($"The assembly holds no resource {name}.");
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
