using System.Collections.Immutable;
using Planning.Contracts;
using Planning.Domain;
using Planning.Domain.Governance;
using Planning.Gateway.Requests;

namespace Planning.Gateway.Mapping;

/// <summary>Compliance on the wire.</summary>
internal static class ComplianceViews
{
    public static CompliancePage Of(ComplianceReport report, string? nextCursor) =>
        new([.. report.Plans.Select(Of)], report.Position, report.At, report.RulebookHash.Value, nextCursor);

    private static ComplianceItem Of(PlanCompliance plan) => new(
        plan.Plan.Value, plan.Title, plan.Stream, Wire.Name(plan.Status), plan.ContentHash.Value, plan.IsCompliant, plan.JudgedAt,
        Of(plan.Missing), Of(plan.Warnings), plan.Recorded is not null);

    private static RequirementView[] Of(ImmutableArray<Blocker> blockers) => [.. blockers.Select(b => new RequirementView(b.Code, b.Message, b.Source))];
}
