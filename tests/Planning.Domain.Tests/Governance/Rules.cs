using System.Collections.Immutable;
using Planning.Domain.Expressions;
using Planning.Domain.Governance;
using Planning.Domain.Plans;
using Planning.Domain.Rulebooks;

namespace Planning.Domain.Tests.Governance;

/// <summary>Short ways to write plans, rules and rulebooks.</summary>
internal static class Rules
{
    public static readonly ContentHash Content = new("sha256:now");
    public static readonly ContentHash Earlier = new("sha256:then");
    public static readonly PersonId Author = new("per_author");
    public static readonly DateTimeOffset At = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public static readonly ImmutableArray<TagDefinition> Tags =
    [
        new("compliance", ["sox", "gdpr", "hipaa", "none"], "none"),
        new("criticality", ["0", "1", "2", "3"], "2"),
        new("change_type", ["standard", "normal", "emergency"], null),
        new("stream", [], null),
    ];

    public static readonly ChangeCalendar YearEnd = new("year_end", "Europe/Zurich", [new("closing", new DateOnly(2027, 12, 20), new DateOnly(2028, 1, 3))]);

    /// <summary>Has everything that a requirement can ask for.</summary>
    public static Plan Complete { get; } = Plan.None with
    {
        Exists = true,
        Id = new PlanId("pln_1"),
        Stream = "payments",
        Author = Author,
        ContentHash = Content,
        GivenTags = Tagged("criticality", "0").SetItem("compliance", "sox"),
        EmergencyContact = new PersonId("per_oncall"),
        RollbackPlan = "rollback.md",
        GivenWindow = new PlanWindow(new DateOnly(2026, 3, 2), new DateOnly(2026, 3, 6)),
        Artifacts = Attached("rollback.md", "regulatory_impact.md"),
        Approvals = [Approves("per_a"), Approves("per_b"), Approves("per_c"), Approves("per_board", ApprovalKind.BoardDecision)],
        Gates = ImmutableSortedDictionary<string, GateVerdict>.Empty.Add("cross_stream_consistency", new GateVerdict(new GateRunId("run_1"), true, Content)),
    };

    public static ImmutableArray<IRequirement> Every { get; } =
    [
        new ApprovalCount(3),
        new ReviewBoard(),
        new EmergencyContactGiven(),
        new RollbackPlanAttached(),
        new EnhancedAuditTrail(),
        new OutsideFreezes(),
        new DocumentationAttached("regulatory_standard", ["regulatory*"]),
    ];

    public static ImmutableSortedDictionary<string, string> Tagged(string name, string value) => ImmutableSortedDictionary<string, string>.Empty.Add(name, value);

    public static ImmutableSortedDictionary<string, ArtifactRef> Attached(params string[] names) =>
        names.ToImmutableSortedDictionary(n => n, n => new ArtifactRef(n, new ContentHash("sha256:" + n), 1, "document", false, null), StringComparer.Ordinal);

    public static Approval Approves(string person, ApprovalKind kind = ApprovalKind.Approval, ContentHash? on = null) =>
        new(kind, new PersonId(person), Verdict.Approved, on ?? Content, At, null);

    public static Approval Rejects(string person, ApprovalKind kind = ApprovalKind.Approval, ContentHash? on = null) =>
        new(kind, new PersonId(person), Verdict.Rejected, on ?? Content, At, "too risky");

    public static Formula When(string condition) =>
        Formula.TryParse(condition, GovernanceScope.For(Tags), ExpressionType.Boolean, out var formula, out var errors)
            ? formula
            : throw new InvalidOperationException(string.Join("; ", errors));

    public static GovernanceRule Rule(string name, string condition, params ImmutableArray<IRequirement> requirements) =>
        new(name, When(condition), requirements, RuleMode.Enforce, ImmutableSortedDictionary<string, RuleMode>.Empty);

    public static Rulebook Book(params ImmutableArray<GovernanceRule> rules) => new(
        new ContentHash("sha256:rules"), [], new GovernanceRules(Tags) { Rules = rules }, [], new SealingPolicy(SealAlgorithm.RsaSha256, []), [YearEnd]);

    public static GovernanceVerdict Judge(Plan plan, params ImmutableArray<GovernanceRule> rules) => GovernanceEvaluator.Evaluate(plan, Book(rules), At);

    /// <summary>The codes that one requirement reports for a plan.</summary>
    public static string[] Codes(IRequirement requirement, Plan plan, DateTimeOffset? at = null) => [.. Found(requirement, plan, at).Select(b => b.Code)];

    public static Blocker[] Found(IRequirement requirement, Plan plan, DateTimeOffset? at = null) =>
        [.. requirement.Missing(new RequirementContext(plan, [YearEnd], at ?? At, "governance:test"))];
}
