using Planning.Artifacts.Canonical;
using Planning.Crash.Tests.Load;
using Planning.Domain;
using Planning.Domain.Cycles;
using Planning.Domain.Rulebooks;
using Planning.Engine.Digests;
using Planning.Engine.Entities;
using Planning.Engine.InMemory;
using Planning.Engine.Log;
using Planning.Engine.Rulebooks;
using Planning.History;

namespace Planning.Crash.Tests.Judge;

/// <summary>One digest for each closed cycle, byte for byte what the log gives when it is rendered now.</summary>
internal static class DigestEffects
{
    public static async Task<ConsumerEffects> OfAsync(IReadOnlyList<StoredEvent> log, IReadOnlyCollection<string> kept)
    {
        var renderer = new DigestRenderer(new OneRulebook(), new InMemoryBlobStore());
        var fold = new CycleFold();
        var expected = new List<string>();
        foreach (var stored in log)
        {
            fold.Apply(CycleHistory.Happened(stored));
            if (stored.Type != "CYCLE_CLOSED")
                continue;
            var digest = await renderer.RenderAsync(stored.Entity.Workspace, fold, CancellationToken.None);
            expected.Add($"{stored.Entity.Id}@{stored.Position} {Checksum.Of(digest.Json)} {Checksum.Of(digest.Markdown)}");
        }
        return new ConsumerEffects("digests", expected, kept);
    }

    /// <summary>The one that the teams work by, whatever hash is asked for.</summary>
    private sealed class OneRulebook : IRulebooks
    {
        private readonly Rulebook rulebook = RulebookReader.Read(RulebookFiles.Of(Files.Rulebook.Select(f => KeyValuePair.Create(f.Key, f.Value)))).Rulebook!;

        public ValueTask<Rulebook> ActiveAsync(WorkspaceId workspace, CancellationToken cancellation) => new(rulebook);

        public ValueTask<Rulebook> ByHashAsync(WorkspaceId workspace, ContentHash hash, CancellationToken cancellation) => new(rulebook);
    }
}
