using Microsoft.AspNetCore.Http;
using Planning.Domain;
using Planning.Domain.Rulebooks;
using Planning.Engine.Rulebooks;
using Planning.Gateway.Errors;
using Planning.Gateway.Mapping;

namespace Planning.Gateway.Requests;

/// <summary>The rulebook that an address names by its hash: one that holds, held or is proposed, or the shipped one.</summary>
internal static class RulebookPlace
{
    /// <summary>The files as they were received.</summary>
    public static async Task<Parsed<RulebookFiles>> FilesAsync(Call call, RulebookHistory history, string hash)
    {
        if (hash == DefaultRulebook.Files.Hash.Value)
            return DefaultRulebook.Files;
        if (history.FilesOf(new ContentHash(hash)) is not { } stored)
            return Problems.NotFound("rulebook_not_found", $"No rulebook {hash} holds, held or is proposed in this workspace. GET /v1/rulebooks lists them; propose it again.");
        var files = new List<KeyValuePair<string, ReadOnlyMemory<byte>>>();
        foreach (var (name, blob) in stored)
        {
            if (await call.Parts.Blobs.GetAsync(call.Workspace, blob, call.Cancellation) is not { } bytes)
                return Problems.Conflict("artifact_damaged", $"The stored bytes of {name} are missing or no longer have the checksum {blob}. Restore them from the backup copy.");
            files.Add(KeyValuePair.Create(name, bytes));
        }
        return RulebookFiles.Of(files);
    }

    /// <summary>Read by this release, which may refuse what an earlier one took.</summary>
    public static Parsed<Rulebook> Read(RulebookFiles files)
    {
        var reading = RulebookReader.Read(files);
        return reading.Rulebook is { } rulebook ? rulebook : RulebookViews.Refused(reading.Findings);
    }

    public static async Task KeepAsync(Call call, RulebookFiles files)
    {
        foreach (var bytes in files.Bytes.Values)
            await call.Parts.Blobs.PutAsync(call.Workspace, bytes, call.Cancellation);
    }
}
