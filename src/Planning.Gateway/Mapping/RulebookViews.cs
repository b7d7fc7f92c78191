using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Planning.Artifacts;
using Planning.Contracts;
using Planning.Domain;
using Planning.Domain.Rulebooks;
using Planning.Engine.Entities;
using Planning.Engine.Json;
using Planning.Engine.Log;
using Planning.Engine.Rulebooks;
using Planning.Gateway.Errors;
using Planning.Gateway.Requests;

namespace Planning.Gateway.Mapping;

/// <summary>Rulebooks on the wire.</summary>
internal static class RulebookViews
{
    public static RulebookFiles FilesOf(IReadOnlyDictionary<string, string> files) =>
        RulebookFiles.Of(files.Select(f => KeyValuePair.Create(f.Key, (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(f.Value))));

    public static RulebookView Of(RulebookFiles files, ContentHash? replaces, long version, long position) => new(
        files.Hash.Value, files.Hash == DefaultRulebook.Files.Hash, files.Bytes.ToDictionary(f => f.Key, f => Encoding.UTF8.GetString(f.Value.Span), StringComparer.Ordinal),
        version, position, replaces?.Value);

    /// <summary>Of the one that holds.</summary>
    public static ContentHash HashOf(RulebookHistory history) => history.Active?.RulebookHash ?? DefaultRulebook.Files.Hash;

    public static string StatusOf(RulebookHistory history, ContentHash hash) =>
        hash == HashOf(history) ? "active" : history.All.ContainsKey(hash.Value) ? "inactive" : "proposed";

    public static RulebookHistoryItem Of(StoredEvent stored, RulebookHistory history)
    {
        var by = JsonSerializer.Deserialize<EventMeta>(stored.Meta.Span, PlanningJson.Options)!.Actor.Value;
        return EventCodec.Decode(stored) switch
        {
            RulebookEvent.RulebookProposed e => new RulebookHistoryItem(e.RulebookHash.Value, "proposed", stored.At, by, IsActive(e.RulebookHash)),
            RulebookEvent.RulebookActivated e => new RulebookHistoryItem(e.RulebookHash.Value, "activated", stored.At, by, IsActive(e.RulebookHash), e.Replaces?.Value),
            var other => throw new System.Diagnostics.UnreachableException($"A rulebook knows no event {other.GetType().Name}."),
        };

        bool IsActive(ContentHash hash) => hash == HashOf(history);
    }

    public static FlipView Of(Flip flip) => new(
        flip.Gate is null ? "governance" : "gate", flip.Passes ? "fails" : "passes", flip.Passes ? "passes" : "fails",
        [.. flip.Because.Select(b => new RequirementView(b.Code, b.Message, b.Source))], flip.Gate);

    public static DryRunItem Of(PlanFlips plan) => new(plan.Plan.Value, plan.Title, plan.Stream, Wire.Name(plan.Status), [.. plan.Flips.Select(Of)]);

    public static ProblemResult Refused(ImmutableArray<Finding> findings)
    {
        var errors = findings.Where(f => f.Severity == Severity.Error).ToArray();
        return Problems.Unprocessable(
            "rulebook_invalid",
            $"The rulebook has {errors.Length} errors and does not hold; the first is in {errors[0].File}, line {errors[0].Line}: {errors[0].Message} {errors[0].Advice}",
            [.. errors.Select(f => new ProblemError(f.Rule, $"{f.Message} {f.Advice}", f.Pointer, f.File, f.Line, f.Column))]);
    }
}
