using Planning.Domain;
using Planning.Domain.Cycles;
using Planning.Engine.Blobs;
using Planning.Engine.Digests.Markdown;
using Planning.Engine.Entities;

namespace Planning.Engine.Digests;

/// <summary>A digest in both of its forms.</summary>
public sealed record RenderedDigest(Digest Digest, byte[] Json, byte[] Markdown);

/// <summary>Renders a closed cycle from its facts, the rules that held at its close and the notes that came with it.</summary>
public sealed class DigestRenderer(IRulebooks rulebooks, IBlobStore blobs)
{
    /// <param name="fold">Up to the event that closed the cycle, and no further.</param>
    /// <exception cref="InvalidDataException">The notes that the event names are not in the blob store.</exception>
    public async Task<RenderedDigest> RenderAsync(WorkspaceId workspace, CycleFold fold, CancellationToken cancellation)
    {
        var closed = fold.Closed[^1].Closed;
        var rules = await rulebooks.ByHashAsync(workspace, closed.RulebookHash, cancellation);
        var digest = DigestBuilder.Build(new DigestInput(workspace, fold.Closed, rules.Kpis, await NotesAsync(workspace, closed, cancellation)));
        return new RenderedDigest(digest, DigestJson.Render(digest), DigestMarkdown.Render(digest));
    }

    private async Task<CycleNotes> NotesAsync(WorkspaceId workspace, CycleEvent.CycleClosed closed, CancellationToken cancellation)
    {
        if (closed.Notes is not { } hash)
            return CycleNotes.None;
        var bytes = await blobs.GetAsync(workspace, hash, cancellation)
            ?? throw new InvalidDataException($"The notes {hash} of cycle {closed.CycleId} are not in the blob store. Restore them from the backup copy.");
        return CycleNotesReader.Read(bytes);
    }
}
