using System.Collections.Immutable;
using Planning.Domain.Expressions;
using Planning.Domain.Plans;
using static Planning.Domain.Expressions.ExpressionType;

namespace Planning.Domain.Governance;

/// <summary>The names that a condition may use, and their values for a plan. docs/governance.md explains each.</summary>
public static class GovernanceScope
{
    private const string StreamTag = "stream";

    private static readonly ImmutableArray<(string Name, ExpressionType Type, Func<Plan, ExpressionValue> Of)> Facts =
    [
        ("plan.priority", Number, plan => Count(plan.Priority)),
        ("plan.stream", Text, plan => new ExpressionValue.Text(plan.Stream)),
        ("plan.task_count", Number, plan => Count(plan.Tasks.Count)),
        ("plan.points", Number, plan => new ExpressionValue.Number(plan.Tasks.Points)),
        ("plan.artifact_count", Number, plan => Count(plan.Content.Count())),
        ("plan.artifact_kinds", TextList, plan => new ExpressionValue.Texts([.. plan.Content.Select(a => a.Kind).Distinct().Order(StringComparer.Ordinal)])),
        ("plan.window_days", Number, plan => plan.Window is { } w ? Count(w.End.DayNumber - w.Start.DayNumber + 1) : ExpressionValue.NoData.Instance),
        ("plan.waiver_count", Number, plan => Count(plan.Waivers.Length)),
        ("plan.has_window", ExpressionType.Boolean, plan => Is(plan.Window is not null)),
        ("plan.has_rollback_plan", ExpressionType.Boolean, plan => Is(plan.RollbackPlan is not null)),
        ("plan.has_emergency_contact", ExpressionType.Boolean, plan => Is(plan.EmergencyContact is not null)),
        ("plan.is_clone", ExpressionType.Boolean, plan => Is(plan.ClonedFrom is not null)),
    ];

    public static ExpressionScope For(ImmutableArray<TagDefinition> tags)
    {
        var scope = Facts.Aggregate(ExpressionScope.Empty, (s, fact) => s.With(fact.Name, fact.Type));
        return tags.Aggregate(scope, (s, tag) => s.With(NameOf(tag), tag.Type, tag.Values));
    }

    public static IReadOnlyDictionary<string, ExpressionValue> Values(Plan plan, ImmutableArray<TagDefinition> tags)
    {
        var values = Facts.ToDictionary(fact => fact.Name, fact => fact.Of(plan));
        foreach (var tag in tags)
            values[NameOf(tag)] = tag.ValueOf(plan.Tags.GetValueOrDefault(tag.Name) ?? (tag.Name == StreamTag ? plan.Stream : null));
        return values;
    }

    private static string NameOf(TagDefinition tag) => "tags." + tag.Name;

    private static ExpressionValue Count(int n) => new ExpressionValue.Number(n);

    private static ExpressionValue Is(bool truth) => ExpressionValue.Truth.Of(truth);
}
