using System.Collections.Immutable;
using Planning.Domain.Governance;
using Planning.Domain.Plans;
using Planning.Domain.Rulebooks;

namespace Planning.Domain.Tests;

/// <summary>The people, the clock and the rules that the tests of the domain share.</summary>
internal static class World
{
    public static readonly DateTimeOffset Now = new(2027, 1, 15, 10, 0, 0, TimeSpan.Zero);

    public static readonly Actor Author = Person("per_author", Role.Planner);
    public static readonly Actor Lead = Person("per_lead", Role.PlanningLead);
    public static readonly Actor Reviewer = Person("per_reviewer", Role.TechnicalReviewer);
    public static readonly Actor Approver = Person("per_approver", Role.Approver);
    public static readonly Actor Board = Person("per_board", Role.Board);
    public static readonly Actor Releaser = Person("per_releaser", Role.ReleaseManager);
    public static readonly Actor Executor = new(new PersonId("svc_executor"), ActorKind.Service, [Role.Executor]);

    public static readonly CycleId Cycle = new("cyc_1");
    public static readonly GateRunId Run = new("gtr_1");
    public static readonly ManifestId Manifest = new("hnd_1");

    public static readonly Rulebook Rules = new(
        Hash("rules"),
        [
            new GateDefinition("schema_lint", PlanStatus.Planned, PlanStatus.ReadyForHandoff, []),
            new GateDefinition("cross_stream_consistency", PlanStatus.ReadyForHandoff, PlanStatus.Packaged, []),
            new GateDefinition("parity_coverage", PlanStatus.Packaged, PlanStatus.Executed, []),
        ],
        new GovernanceRules([
            new TagDefinition("compliance", ["sox", "gdpr", "hipaa", "none"], "none"),
            new TagDefinition("criticality", ["0", "1", "2", "3"], "2"),
            new TagDefinition("change_type", ["standard", "normal", "emergency"], "normal"),
        ]),
        [],
        new SealingPolicy(SealAlgorithm.RsaSha256, [Role.PlanningLead, Role.TechnicalReviewer]),
        []);

    public static Actor Person(string id, params Role[] roles) => new(new PersonId(id), ActorKind.Person, roles);

    public static Actor Everything(string id) => Person(id, Enum.GetValues<Role>());

    public static Issued By(Actor actor, Rulebook? rules = null) => new(actor, Now, rules ?? Rules);

    public static ContentHash Hash(string text) =>
        new("sha256:" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text))));

    public static ArtifactRef Artifact(string name, string content = "v1", bool evidence = false, ArtifactFacts? facts = null) =>
        new(name, Hash(content), content.Length, "other", evidence, facts);

    public static ImmutableSortedDictionary<string, string> Tags(params (string Name, string Value)[] tags) =>
        tags.ToImmutableSortedDictionary(t => t.Name, t => t.Value);
}
