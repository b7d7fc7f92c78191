using System.Collections.Immutable;
using Planning.Domain.Governance;
using Planning.Domain.Plans;
using Xunit;
using static Planning.Domain.Tests.Governance.Rules;

namespace Planning.Domain.Tests.Governance;

public sealed class RequirementTests
{
    private static readonly ApprovalCount Three = new(3);

    [Fact]
    public void A_complete_plan_misses_nothing() =>
        Assert.All(Every, requirement => Assert.Empty(Found(requirement, Complete)));

    public static TheoryData<string, Approval[], string[]> ApprovalCases { get; } = new()
    {
        { "nobody approved", [], ["approvals_missing"] },
        { "one is not enough", [Approves("per_a")], ["approvals_missing"] },
        { "three persons are", [Approves("per_a"), Approves("per_b"), Approves("per_c")], [] },
        { "the same person counts once", [Approves("per_a"), Approves("per_a"), Approves("per_a")], ["approvals_missing"] },
        { "the author does not count", [Approves("per_a"), Approves("per_b"), Approves(Author.Value)], ["approvals_missing"] },
        { "approvals of earlier content do not count", [Approves("per_a"), Approves("per_b"), Approves("per_c", on: Earlier)], ["approvals_missing"] },
        { "board decisions are no approvals", [Approves("per_a"), Approves("per_b"), Approves("per_c", ApprovalKind.BoardDecision)], ["approvals_missing"] },
        { "a rejection blocks three approvals", [Approves("per_a"), Approves("per_b"), Approves("per_c"), Rejects("per_d")], ["approval_rejected"] },
        { "a rejection of earlier content does not", [Approves("per_a"), Approves("per_b"), Approves("per_c"), Rejects("per_d", on: Earlier)], [] },
        { "who approves after all rejects no more", [Rejects("per_a"), Approves("per_a"), Approves("per_b"), Approves("per_c")], [] },
        { "who rejects after all approves no more", [Approves("per_a"), Approves("per_b"), Approves("per_c"), Rejects("per_a")], ["approvals_missing", "approval_rejected"] },
    };

    [Theory]
    [MemberData(nameof(ApprovalCases))]
    public void Approvals_are_counted_by_person_on_the_present_content(string why, Approval[] given, string[] codes)
    {
        Assert.NotEmpty(why);
        Assert.Equal(codes, Codes(Three, Complete with { Approvals = [.. given] }));
    }

    [Fact]
    public void Missing_approvals_are_told_in_numbers()
    {
        var plan = Complete with { Approvals = [Approves("per_a"), Approves("per_b", on: Earlier), Rejects("per_c")] };
        Assert.Equal(
            [
                new Blocker("approvals_missing", "1 of 3 approvals; 2 more by approvers other than the author per_author. 1 of earlier content no longer counts.", "governance:test"),
                new Blocker("approval_rejected", "per_c rejected the present content: too risky. Change the content, or have per_c approve it after all.", "governance:test"),
            ],
            Found(Three, plan));
    }

    public static TheoryData<string, Approval[], string[]> BoardCases { get; } = new()
    {
        { "no decision", [Approves("per_a")], ["board_decision_missing"] },
        { "approved", [Approves("per_a", ApprovalKind.BoardDecision)], [] },
        { "rejected", [Rejects("per_a", ApprovalKind.BoardDecision)], ["board_rejected"] },
        { "one member against another", [Approves("per_a", ApprovalKind.BoardDecision), Rejects("per_b", ApprovalKind.BoardDecision)], ["board_rejected"] },
        { "approved after a rejection", [Rejects("per_a", ApprovalKind.BoardDecision), Approves("per_a", ApprovalKind.BoardDecision)], [] },
        { "on earlier content", [Approves("per_a", ApprovalKind.BoardDecision, Earlier)], ["board_decision_missing"] },
        { "by the author", [Approves(Author.Value, ApprovalKind.BoardDecision)], ["board_decision_missing"] },
    };

    [Theory]
    [MemberData(nameof(BoardCases))]
    public void The_board_decides_on_the_present_content(string why, Approval[] given, string[] codes)
    {
        Assert.NotEmpty(why);
        Assert.Equal(codes, Codes(new ReviewBoard(), Complete with { Approvals = [.. given] }));
    }

    [Fact]
    public void Somebody_must_be_there_to_call() =>
        Assert.Equal(["emergency_contact_missing"], Codes(new EmergencyContactGiven(), Complete with { EmergencyContact = null }));

    [Fact]
    public void A_rollback_plan_is_named_and_attached_as_content()
    {
        var requirement = new RollbackPlanAttached();
        Assert.Equal(["rollback_plan_missing"], Codes(requirement, Complete with { RollbackPlan = null }));
        Assert.Equal(["rollback_plan_not_attached"], Codes(requirement, Complete with { Artifacts = Attached("other.md") }));
        var evidence = Complete.Artifacts["rollback.md"] with { Evidence = true };
        Assert.Equal(["rollback_plan_not_attached"], Codes(requirement, Complete with { Artifacts = Complete.Artifacts.SetItem("rollback.md", evidence) }));
    }

    [Theory]
    [InlineData(true, "sha256:now", new string[0])]
    [InlineData(false, "sha256:now", new[] { "audit_trail_incomplete" })]
    [InlineData(true, "sha256:then", new[] { "audit_trail_incomplete" })]
    public void The_audit_trail_holds_a_passed_gate_on_the_present_content(bool passed, string content, string[] codes)
    {
        var gates = Complete.Gates.SetItem("cross_stream_consistency", new GateVerdict(new GateRunId("run_2"), passed, new ContentHash(content)));
        Assert.Equal(codes, Codes(new EnhancedAuditTrail(), Complete with { Gates = gates }));
    }

    [Fact]
    public void Without_content_or_gates_there_is_no_audit_trail()
    {
        Assert.Equal(["audit_trail_empty"], Codes(new EnhancedAuditTrail(), Complete with { Artifacts = Plan.None.Artifacts }));
        Assert.Equal(["audit_trail_incomplete"], Codes(new EnhancedAuditTrail(), Complete with { Gates = Plan.None.Gates }));
    }

    [Theory]
    [InlineData("2027-12-19T22:59:59Z", new string[0])]
    [InlineData("2027-12-19T23:00:00Z", new[] { "change_freeze_holds" })]
    [InlineData("2028-01-03T22:59:59Z", new[] { "change_freeze_holds" })]
    [InlineData("2028-01-03T23:00:00Z", new string[0])]
    public void Nothing_begins_during_a_freeze_of_the_calendars_own_days(string at, string[] codes) =>
        Assert.Equal(codes, Codes(new OutsideFreezes(), Complete, DateTimeOffset.Parse(at)));

    [Theory]
    [InlineData("2027-12-01", "2027-12-19", new string[0])]
    [InlineData("2027-12-01", "2027-12-20", new[] { "window_in_freeze" })]
    [InlineData("2028-01-03", "2028-01-09", new[] { "window_in_freeze" })]
    [InlineData("2028-01-04", "2028-01-09", new string[0])]
    public void A_window_shares_no_day_with_a_freeze(string start, string end, string[] codes) =>
        Assert.Equal(codes, Codes(new OutsideFreezes(), Complete with { GivenWindow = new PlanWindow(DateOnly.Parse(start), DateOnly.Parse(end)) }));

    [Fact]
    public void A_freeze_is_told_with_its_days_and_zone()
    {
        var plan = Complete with { GivenWindow = null };
        Assert.Equal(
            "The freeze closing of calendar year_end, 2027-12-20 to 2028-01-03 in Europe/Zurich, holds now. Begin execution after it.",
            Assert.Single(Found(new OutsideFreezes(), plan, new DateTimeOffset(2027, 12, 24, 0, 0, 0, TimeSpan.Zero))).Message);
    }

    [Theory]
    [InlineData("regulatory*", 0)]
    [InlineData("*_impact.md", 0)]
    [InlineData("regulatory_impact.??", 0)]
    [InlineData("rollback.md", 0)]
    [InlineData("Regulatory*", 1)]
    [InlineData("impact*", 1)]
    public void Documentation_is_an_artifact_whose_name_matches(string pattern, int missing) =>
        Assert.Equal(missing, Found(new DocumentationAttached("regulatory_standard", [pattern]), Complete).Length);

    [Fact]
    public void Each_pattern_of_a_standard_is_needed_and_evidence_is_no_documentation()
    {
        ImmutableArray<string> patterns = ["regulatory*", "dpia*"];
        Assert.Equal(["documentation_missing"], Codes(new DocumentationAttached("x", patterns), Complete));
        var evidence = Complete.Artifacts["regulatory_impact.md"] with { Evidence = true };
        Assert.Equal(2, Found(new DocumentationAttached("x", patterns), Complete with { Artifacts = Complete.Artifacts.SetItem(evidence.Name, evidence) }).Length);
    }
}
