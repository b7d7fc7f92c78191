using System.Collections.Immutable;
using Planning.Artifacts.Canonical;
using Planning.Domain;
using Planning.Domain.Plans;
using Planning.Engine.Rulebooks;

namespace Planning.Engine.Handoff.Packs;

/// <summary>Whether the bytes in the pack are those that the manifest names.</summary>
internal static class PackFiles
{
    public static IEnumerable<PackFault> ArtifactFaults(PackContents contents)
    {
        var manifest = contents.Pack.Manifest.Manifest;
        return manifest.Checksums.Concat(manifest.Evidence).Select(file => Fault(contents, file.Key, file.Value)).OfType<PackFault>();
    }

    public static IEnumerable<PackFault> RulebookFaults(PackContents contents)
    {
        foreach (var (name, hash) in contents.Pack.Rulebook)
        {
            if (Fault(contents, name, hash) is { } fault)
                yield return fault;
        }
        var expected = contents.Pack.Manifest.Manifest.RulebookHash;
        // Every blob is there: the loop above has ended without a fault, or nobody asks for what follows the first one.
        var found = RulebookFiles.Of(contents.Pack.Rulebook.Select(f =>
            KeyValuePair.Create(f.Key, (ReadOnlyMemory<byte>)contents.Pack.Blobs.GetValueOrDefault(f.Value.Value)))).Hash;
        if (expected != found)
            yield return new PackFault("rulebook_mismatch", "The rulebook files are not those that the manifest names.", "rulebook", expected.Value, found.Value);
    }

    /// <summary>The hash that approvals bind to is computed again from what was signed.</summary>
    public static IEnumerable<PackFault> ContentFaults(PackContents contents)
    {
        var manifest = contents.Pack.Manifest.Manifest;
        var found = PlanContent.HashOf(new Plan
        {
            Stream = manifest.Stream,
            GivenTags = manifest.Tags,
            GivenWindow = manifest.Window,
            EmergencyContact = manifest.EmergencyContact,
            RollbackPlan = manifest.RollbackPlan,
            Artifacts = manifest.Checksums.ToImmutableSortedDictionary(
                a => a.Key, a => new ArtifactRef(a.Key, a.Value, 0, "", Evidence: false, Facts: null), StringComparer.Ordinal),
        });
        if (found != manifest.ContentHash)
            yield return new PackFault("content_hash_mismatch", "The manifest's content hash is not that of its artifacts, tags and fields.", "manifest", manifest.ContentHash.Value, found.Value);
    }

    public static PackFault? Fault(PackContents contents, string name, ContentHash hash)
    {
        if (!contents.Pack.Blobs.TryGetValue(hash.Value, out var bytes))
            return new PackFault("artifact_missing", "The pack lacks the bytes of a file that it names.", name, hash.Value, "nothing");
        var found = Checksum.Of(bytes);
        return found == hash.Value ? null : new PackFault("checksum_mismatch", "The bytes of a file do not have its checksum.", name, hash.Value, found);
    }
}
