using System.Security.Cryptography;
using System.Text;
using Planning.Artifacts.Canonical;
using Planning.Domain;

namespace Planning.Engine.Handoff.Packs;

/// <summary>
/// The outer form of a pack: its members as canonical JSON values, the index over them, and the digest over all.
/// Works on bytes, because what is hashed must be what lies in the file.
/// </summary>
public static class PackForm
{
    public const string Digest = "digest";
    public const string Index = "index";
    public const string Manifest = "manifest";
    public const string Events = "events";
    public const string Blobs = "blobs";

    /// <summary>Members that the index leaves out: itself, the digest, and the blobs, whose names are their hashes.</summary>
    private static readonly string[] Unindexed = [Digest, Index, Blobs, "format", "version"];

    /// <summary>The file, with index and digest computed.</summary>
    /// <param name="members">Name to canonical JSON, without <c>index</c> and <c>digest</c>. Names are plain ASCII words.</param>
    public static byte[] Write(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> members)
    {
        var all = new SortedDictionary<string, ReadOnlyMemory<byte>>(members.ToDictionary(), StringComparer.Ordinal)
        {
            [Index] = HandoffJson.Canonical(IndexOf(members)),
        };
        all[Digest] = Encoding.ASCII.GetBytes($"\"{DigestOf(all)}\"");
        using var file = new MemoryStream();
        Join(all, file.Write);
        return file.ToArray();
    }

    /// <summary>SHA-256 of the object without its digest.</summary>
    public static ContentHash DigestOf(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> members)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Join(members.Where(m => m.Key != Digest), hash.AppendData);
        return new ContentHash(Checksum.Prefix + Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>Indexed member to the SHA-256 of its canonical JSON.</summary>
    public static SortedDictionary<string, string> IndexOf(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> members) =>
        new(members.Where(m => !Unindexed.Contains(m.Key)).ToDictionary(m => m.Key, m => Checksum.Of(m.Value.Span)), StringComparer.Ordinal);

    private static void Join(IEnumerable<KeyValuePair<string, ReadOnlyMemory<byte>>> members, Sink write)
    {
        var before = "{";
        foreach (var (name, value) in members.OrderBy(m => m.Key, StringComparer.Ordinal))
        {
            write(Encoding.ASCII.GetBytes($"{before}\"{name}\":"));
            write(value.Span);
            before = ",";
        }
        write("}"u8);
    }

    private delegate void Sink(ReadOnlySpan<byte> bytes);
}
