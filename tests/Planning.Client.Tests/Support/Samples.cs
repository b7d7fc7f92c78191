using Planning.Contracts;

namespace Planning.Client.Tests.Support;

/// <summary>Answers as the server gives them.</summary>
internal static class Samples
{
    public static PlanView Plan(string id = "pln_1", long position = 1) => new(
        id, "A plan", "payments", "PLANNED", "ada", "cyc_1", 2, new Dictionary<string, string>(), ["validate_complete"], [], [], [], [], 0, 0, 0, "sha256:00", 1, position);

    public static PlanItem Item(string id) => new(
        id, "A plan", "payments", "PLANNED", "ada", "cyc_1", 2, new Dictionary<string, string>(), 0, 0, "sha256:00", 1, 1, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);

    public static TransitionView Transition(string outcome) => new(
        "pln_1", "validate_complete", outcome, "PLANNED", "READY_FOR_HANDOFF", 3, 30, "schema_lint", "gtr_1");

    public static GateRunView Run(string outcome) => new("gtr_1", "pln_1", "schema_lint", "validate_complete", outcome, "sha256:00", "sha256:01", [], [], 0, []);

    public static CreatePlanRequest NewPlan { get; } = new("A plan", "payments");
}
