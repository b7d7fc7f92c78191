using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Planning.Domain;

namespace Planning.Engine.Rulebooks;

/// <summary>The files of a rulebook as they were received: name to bytes.</summary>
public sealed record RulebookFiles(ImmutableSortedDictionary<string, ReadOnlyMemory<byte>> Bytes)
{
    public const string Gates = "gates.yaml";
    public const string Governance = "governance.yaml";
    public const string Kpis = "kpis.yaml";
    public const string Sealing = "sealing.yaml";
    public const string Calendars = "calendars.yaml";
    public const string Artifacts = "artifacts.yaml";

    /// <summary>The five files that every rulebook has.</summary>
    public static ImmutableArray<string> Names { get; } = [Calendars, Gates, Governance, Kpis, Sealing];

    /// <summary>Those, and the one that may be left out: a rulebook from before it was known keeps its hash.</summary>
    public static ImmutableArray<string> Known { get; } = [Artifacts, .. Names];

    public static RulebookFiles Of(IEnumerable<KeyValuePair<string, ReadOnlyMemory<byte>>> files) =>
        new(files.ToImmutableSortedDictionary(StringComparer.Ordinal));

    /// <summary>File name to the SHA-256 of its bytes.</summary>
    public ImmutableSortedDictionary<string, ContentHash> FileHashes =>
        Bytes.ToImmutableSortedDictionary(f => f.Key, f => new ContentHash("sha256:" + Sha256(f.Value.Span)), StringComparer.Ordinal);

    /// <summary>
    /// The hash of the rulebook, which goes into every manifest: SHA-256 over the UTF-8 listing of its files in ordinal order of
    /// their names, each a line <c>name:length:digest</c> that ends with LF. The length is in bytes, the digest the
    /// lower-case hexadecimal SHA-256 of the bytes as received; so a comment or a blank counts too.
    /// </summary>
    public ContentHash Hash
    {
        get
        {
            var listing = new StringBuilder();
            foreach (var (name, bytes) in Bytes)
                listing.Append(CultureInfo.InvariantCulture, $"{name}:{bytes.Length}:{Sha256(bytes.Span)}\n");
            return new ContentHash("sha256:" + Sha256(Encoding.UTF8.GetBytes(listing.ToString())));
        }
    }

    private static string Sha256(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
