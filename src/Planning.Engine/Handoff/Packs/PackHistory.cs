using System.Text.Json;

namespace Planning.Engine.Handoff.Packs;

/// <summary>Whether the events are a history without holes, and one of this manifest.</summary>
internal static class PackHistory
{
    public const string Created = "MANIFEST_CREATED";
    public const string Sealed = "MANIFEST_SEALED";

    public static IEnumerable<PackFault> Faults(PackContents contents)
    {
        var events = contents.Pack.Events;
        var manifest = contents.Pack.Manifest.Manifest.Id.Value;
        var created = events.FirstOrDefault(e => e.Type == Created && e.EntityId == manifest);
        var expected = created is { Payload.ValueKind: JsonValueKind.Object } && created.Payload.TryGetProperty("digest", out var digest) ? digest.ToString() : "nothing";
        if (expected != contents.ManifestDigest.Value)
            yield return new PackFault("manifest_digest_mismatch", "The manifest is not the one that the history speaks of.", $"manifest {manifest}", expected, contents.ManifestDigest.Value);

        for (var i = 1; i < events.Length; i++)
        {
            if (events[i].Position <= events[i - 1].Position)
                yield return new PackFault("history_disordered", "The events are not in the order of the log.", $"event {events[i].Id}", $"a position after {events[i - 1].Position}", $"{events[i].Position}");
        }
        foreach (var history in events.GroupBy(e => (e.EntityKind, e.EntityId)))
        {
            var version = 0L;
            foreach (var e in history)
            {
                if (e.EntityVersion != ++version)
                    yield return new PackFault("history_incomplete", "An event is missing in the history.", $"{e.EntityId}, event {e.Id}", $"version {version}", $"version {e.EntityVersion}");
            }
        }
    }
}
