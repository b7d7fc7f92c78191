using System.Collections.Immutable;
using System.Text.Json;
using Planning.Domain;
using Planning.Domain.Handoff;
using Planning.Domain.Plans;
using Planning.Engine.Blobs;
using Planning.Engine.Entities;
using Planning.Engine.Log;
using Planning.Engine.People;

namespace Planning.Engine.Handoff.Packs;

/// <summary>A pack, or why there is none.</summary>
/// <param name="Bytes">Empty when refused.</param>
public sealed record PackExport(ReadOnlyMemory<byte> Bytes, Rejection? Refused);

/// <summary>Gathers what proves a sealed manifest. The same history gives the same bytes.</summary>
public sealed class PackWriter(IEntityHost host, IEventLog log, IBlobStore blobs, IDirectory directory)
{
    /// <exception cref="LogUnavailableException">The history cannot be read now.</exception>
    public async Task<PackExport> WriteAsync(WorkspaceId workspace, ManifestId id, CancellationToken cancellation)
    {
        var key = EntityKey.Of(workspace, id);
        var manifest = (Manifest)(await host.ReadAsync(key, cancellation)).State;
        if (manifest.Created is not { } created)
            return Refused(Rejection.NotFound("manifest_not_found", $"There is no manifest {id} in this workspace."));
        if (!manifest.IsSealed)
            return Refused(Rejection.Conflict("manifest_not_sealed", $"Manifest {id} is not sealed yet; only a sealed one is exported. Missing: {string.Join(", ", manifest.Unsigned.Select(r => Snake.Case(r.ToString())))}."));

        var events = await EventsAsync(key, EntityKey.Of(workspace, created.PlanId), cancellation);
        var decoded = events.Where(e => e.Entity.Kind == EntityKind.Plan).Select(EventCodec.Decode).ToArray();
        var packed = new PackBlobStore(workspace, blobs);
        try
        {
            var document = await packed.AddAsync($"the document of manifest {id}", created.Document, cancellation, keep: false);
            foreach (var (name, hash) in created.Checksums)
                await packed.AddAsync(name, hash, cancellation);
            foreach (var evidence in decoded.OfType<PlanEvent.ArtifactAttached>().Where(a => a.Evidence))
                await packed.AddAsync(evidence.Name, evidence.Hash, cancellation);
            var runs = await GateRunsAsync(workspace, decoded, packed, cancellation);
            var rulebook = await PackRulebook.AddAsync(packed, host, workspace, created.RulebookHash, cancellation);
            var keys = await KeysAsync(workspace, manifest, cancellation);
            return new PackExport(Write(document, manifest, keys, rulebook, runs, events, packed), null);
        }
        catch (PackSourceMissingException e)
        {
            return Refused(Rejection.Conflict("pack_source_missing", e.Message));
        }
    }

    private static byte[] Write(
        ReadOnlyMemory<byte> document,
        Manifest manifest,
        IEnumerable<PackKey> keys,
        IReadOnlyDictionary<string, ContentHash> rulebook,
        IEnumerable<JsonElement> runs,
        IEnumerable<StoredEvent> events,
        PackBlobStore packed) => PackForm.Write(new Dictionary<string, ReadOnlyMemory<byte>>
        {
            ["format"] = HandoffJson.Canonical(EvidencePack.PackFormat),
            ["version"] = HandoffJson.Canonical(EvidencePack.PresentVersion),
            [PackForm.Manifest] = document,
            ["signatures"] = HandoffJson.Canonical(manifest.Signatures.Select(s => new PackSignature(
                s.Signer, s.Role, s.KeyFingerprint, s.PublicKeyPem, SealAlgorithms.NameOf(s.Algorithm), s.Value, s.At))),
            ["keys"] = HandoffJson.Canonical(keys),
            ["rulebook"] = HandoffJson.Canonical(rulebook),
            ["gate_runs"] = HandoffJson.Canonical(runs),
            [PackForm.Events] = HandoffJson.Canonical(events.Select(EventOf)),
            [PackForm.Blobs] = HandoffJson.Canonical(packed.Bytes),
        });

    private async Task<StoredEvent[]> EventsAsync(EntityKey manifest, EntityKey plan, CancellationToken cancellation) =>
    [
        .. (await log.ReadEntityAsync(plan, afterVersion: 0, cancellation))
            .Concat(await log.ReadEntityAsync(manifest, afterVersion: 0, cancellation))
            .OrderBy(e => e.Position),
    ];

    private async Task<List<JsonElement>> GateRunsAsync(WorkspaceId workspace, object[] planEvents, PackBlobStore packed, CancellationToken cancellation)
    {
        var reports = new List<JsonElement>();
        foreach (var started in planEvents.OfType<PlanEvent.GateStarted>())
        {
            foreach (var ended in await log.ReadEntityAsync(EntityKey.Of(workspace, started.GateRunId), afterVersion: 0, cancellation))
            {
                var report = JsonElement.Parse(ended.Data.Span).GetProperty("report");
                reports.Add(report);
                if (PackGateRun.Of(report).ReportHash is { } full)
                    await packed.AddAsync($"the report of gate run {started.GateRunId}", new ContentHash(full), cancellation);
            }
        }
        return reports;
    }

    private async Task<List<PackKey>> KeysAsync(WorkspaceId workspace, Manifest manifest, CancellationToken cancellation)
    {
        var keys = new List<PackKey>();
        foreach (var signature in manifest.Signatures)
        {
            var key = await directory.FindSignerKeyAsync(workspace, signature.KeyFingerprint, cancellation)
                ?? throw new PackSourceMissingException($"The registration of key {signature.KeyFingerprint} is gone; restore it from the backup copy.");
            keys.Add(new PackKey(key.Fingerprint, key.PublicKeyPem, key.Person, key.Role, key.ValidFrom, key.ValidTo, key.RevokedAt));
        }
        return keys;
    }

    private static PackEvent EventOf(StoredEvent e) => new(
        e.EventId, e.Type, e.SchemaVersion, e.At, e.Partition, e.Position, e.Entity.Kind, e.Entity.Id, e.Version, e.CommandId,
        JsonElement.Parse(e.Data.Span),
        e.Meta.IsEmpty ? null : JsonElement.Parse(e.Meta.Span));

    private static PackExport Refused(Rejection why) => new(ReadOnlyMemory<byte>.Empty, why);
}
