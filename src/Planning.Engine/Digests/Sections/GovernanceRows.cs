using System.Collections.Immutable;
using Planning.Domain.Cycles;
using Planning.Domain.Plans;

namespace Planning.Engine.Digests.Sections;

/// <summary>Who approved what, which rules were broken or waived.</summary>
internal static class GovernanceRows
{
    private const string ComplianceTag = "compliance";
    private const string NoCompliance = "none";

    public static GovernanceSection? Of(CycleFacts facts)
    {
        var compliance = ComplianceOf(facts);
        if (facts.Approvals.IsEmpty && facts.Violations.IsEmpty && compliance.IsEmpty)
            return null;
        return new GovernanceSection(FiguresOf(facts), compliance, ViolationsOf(facts), WaiversOf(facts));
    }

    private static ImmutableArray<Figure> FiguresOf(CycleFacts facts)
    {
        var approvals = facts.Approvals.SelectMany(a => a.Sources).Concat(facts.Sources).Ids();
        var violations = facts.Violations.SelectMany(v => v.Sources).Concat(facts.Sources).Ids();
        return
        [
            Approvals("approvals", a => a is { Kind: ApprovalKind.Approval, Verdict: Verdict.Approved }),
            Approvals("rejections", a => a.Kind != ApprovalKind.Waiver && a.Verdict == Verdict.Rejected),
            Approvals("board_decisions", a => a.Kind == ApprovalKind.BoardDecision),
            Approvals("waivers", a => a.Kind == ApprovalKind.Waiver),
            Violations("violations_enforced", enforced: true),
            Violations("violations_warned", enforced: false),
        ];

        Figure Approvals(string name, Func<PlanEvent.ApprovalRecorded, bool> counts) => new(name, facts.Approvals.Count(a => counts(a.Recorded)), approvals);
        Figure Violations(string name, bool enforced) => new(name, facts.Violations.Count(v => v.Violation.Enforced == enforced), violations);
    }

    private static ImmutableArray<ComplianceRow> ComplianceOf(CycleFacts facts)
    {
        var broken = facts.Violations.Where(v => v.Violation.Enforced).ToLookup(v => v.Plan);
        return
        [
            .. from plan in facts.OwnPlans
               let tag = plan.Tags.GetValueOrDefault(ComplianceTag)
               where tag is not null and not NoCompliance
               group plan by tag into regime
               orderby regime.Key
               select new ComplianceRow(
                   regime.Key,
                   regime.Count(),
                   regime.Count(p => broken[p.Id].Any()),
                   regime.SelectMany(p => p.Sources.Concat(p.TagSources).Concat(broken[p.Id].SelectMany(v => v.Sources))).Ids()),
        ];
    }

    private static ImmutableArray<ViolationRow> ViolationsOf(CycleFacts facts) =>
    [
        .. from violation in facts.Violations
           from missing in violation.Violation.Violations
           select new ViolationRow(violation.Plan, missing.Source, missing.Code, missing.Message, violation.Violation.Enforced, violation.Sources.Ids()),
    ];

    private static ImmutableArray<WaiverRow> WaiversOf(CycleFacts facts) =>
    [
        .. from approval in facts.Approvals
           let waiver = approval.Recorded.Waiver
           where waiver is not null
           select new WaiverRow(approval.Plan, waiver.Gate, waiver.Fingerprint, waiver.Reason, waiver.ExpiresAt, waiver.By, approval.Sources.Ids()),
    ];
}
