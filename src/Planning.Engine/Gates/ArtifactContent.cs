using System.Collections.Concurrent;
using Planning.Artifacts;
using Planning.Artifacts.Documents;

namespace Planning.Engine.Gates;

/// <summary>Bytes that are parsed on first need, once for all validators and, while they are remembered, for all runs.</summary>
public sealed class ArtifactContent(string name, ReadOnlyMemory<byte> bytes, ArtifactLimits limits)
{
    private readonly Lazy<ParsedArtifact> parsed = new(() => ArtifactParser.Parse(bytes, name, limits));
    private readonly ConcurrentDictionary<Type, Lazy<object>> views = [];

    public ReadOnlyMemory<byte> Bytes => bytes;

    public ParsedArtifact Parsed => parsed.Value;

    /// <summary>One view per type: two readers of the same type would be two opinions on one artifact.</summary>
    public ReadResult<T> Read<T>(Func<ParsedArtifact, ReadResult<T>> reader) where T : class =>
        (ReadResult<T>)views.GetOrAdd(typeof(T), _ => new Lazy<object>(() => reader(Parsed))).Value;
}
