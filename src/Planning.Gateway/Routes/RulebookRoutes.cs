using System.Collections.Immutable;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Planning.Artifacts;
using Planning.Contracts;
using Planning.Domain;
using Planning.Domain.Rulebooks;
using Planning.Engine.Audit;
using Planning.Engine.Rulebooks;
using Planning.Gateway.Audit;
using Planning.Gateway.Errors;
using Planning.Gateway.Requests;

namespace Planning.Gateway.Routes;

/// <summary>The rulebook that holds, and a new one in its place.</summary>
internal static class RulebookRoutes
{
    public static void Map(RouteGroupBuilder v1)
    {
        v1.MapGet("/rulebook", (Delegate)Get).Reading<RulebookView>("get_rulebook", "Read the rulebook that holds, file by file");
        v1.MapPut("/rulebook", (Delegate)Activate).Commanding<ActivateRulebookRequest, RulebookView>(
            "activate_rulebook", "Check a rulebook and let it hold from now on", StatusCodes.Status200OK, Permission.ManageRulebook)
            .Audited(AuditEvent.RulebookChange, AuditAction.Activate, "rulebook");
    }

    private static async Task<IResult> Get(HttpContext http)
    {
        var call = Call.Of(http);
        var state = await call.ReadAsync(EntityKey.RulebookOf(call.Workspace));
        if (((RulebookHistory)state.State).Active is not { } active)
            return View(DefaultRulebook.Files.Bytes, DefaultRulebook.Files.Hash, null, state.Version, state.Position, shipped: true);
        var files = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        foreach (var (name, hash) in active.Files)
        {
            if (await call.Parts.Blobs.GetAsync(call.Workspace, hash, call.Cancellation) is not { } bytes)
                return Problems.Conflict("artifact_damaged", $"The stored bytes of {name} are missing or no longer have the checksum {hash}. Restore them from the backup copy.");
            files[name] = bytes;
        }
        return View(files, active.RulebookHash, active.Replaces, state.Version, state.Position, shipped: false);
    }

    private static Task<IResult> Activate(HttpContext http) => Call.Of(http).WithBodyAsync(ContractsJson.Strict.ActivateRulebookRequest, async (call, body) =>
    {
        var files = RulebookFiles.Of(body.Files.Select(f => KeyValuePair.Create(f.Key, (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(f.Value))));
        var reading = RulebookReader.Read(files);
        if (reading.Rulebook is not { } rulebook)
            return Refused(reading.Findings);
        call.Audit.Says(AuditAction.Activate, ("rulebook_hash", rulebook.Hash.Value));
        foreach (var bytes in files.Bytes.Values)
            await call.Parts.Blobs.PutAsync(call.Workspace, bytes, call.Cancellation);
        return await call.SendAsync(
            EntityKey.RulebookOf(call.Workspace), new RulebookCommand.Activate(rulebook.Hash, files.FileHashes),
            accepted => View(files.Bytes, rulebook.Hash, ((RulebookHistory)accepted.State).Active?.Replaces, accepted.Version, accepted.Position, shipped: false));
    });

    private static ProblemResult Refused(ImmutableArray<Finding> findings)
    {
        var errors = findings.Where(f => f.Severity == Severity.Error).ToArray();
        return Problems.Unprocessable(
            "rulebook_invalid",
            $"The rulebook has {errors.Length} errors and does not hold; the first is in {errors[0].File}, line {errors[0].Line}: {errors[0].Message} {errors[0].Advice}",
            [.. errors.Select(f => new ProblemError(f.Rule, $"{f.Message} {f.Advice}", f.Pointer, f.File, f.Line, f.Column))]);
    }

    private static IResult View(
        IEnumerable<KeyValuePair<string, ReadOnlyMemory<byte>>> files, ContentHash hash, ContentHash? replaces, long version, long position, bool shipped) => Answers.Ok(
        new RulebookView(hash.Value, shipped, files.ToDictionary(f => f.Key, f => Encoding.UTF8.GetString(f.Value.Span), StringComparer.Ordinal), version, position, replaces?.Value),
        json => json.RulebookView);
}
