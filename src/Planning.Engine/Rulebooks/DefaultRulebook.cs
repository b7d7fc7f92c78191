using System.Diagnostics;
using Planning.Domain.Rulebooks;

namespace Planning.Engine.Rulebooks;

/// <summary>The shipped rulebook, by which a workspace lives that has none of its own. It is a part of the assembly.</summary>
public static class DefaultRulebook
{
    private static readonly Lazy<RulebookFiles> Embedded = new(() => RulebookFiles.Of(
        RulebookFiles.Names.Select(name => KeyValuePair.Create(name, Resources.Bytes("rulebook/default/" + name)))));

    private static readonly Lazy<Rulebook> Read = new(() => RulebookReader.Read(Embedded.Value) switch
    {
        { Rulebook: { } rulebook } => rulebook,
        var wrong => throw new UnreachableException($"The shipped rulebook has findings: {string.Join("; ", wrong.Findings)}"),
    });

    public static RulebookFiles Files => Embedded.Value;

    /// <summary>Read once per process.</summary>
    public static Rulebook Load() => Read.Value;
}
