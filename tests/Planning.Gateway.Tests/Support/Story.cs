using System.Text;
using Planning.Client;
using Planning.Contracts;

namespace Planning.Gateway.Tests.Support;

/// <summary>A plan on its whole way through the SDK, step by step; a test stops where it likes.</summary>
internal sealed class Story(Backend backend) : IDisposable
{
    public const string Backlog = """
        version: 1.0.0
        generated_at: 2024-01-15T10:00:00Z
        tags: {criticality: "0"}
        tasks:
          - {id: PLN-BE-001, title: Event Bus, description: d, effort_points: 8, priority: P0, dependencies: []}
          - {id: PLN-BE-002, title: State Machine, description: d, effort_points: 13, priority: P0, dependencies: [PLN-BE-001]}
        """;

    public Signer Lead { get; } = new("lea", "planning_lead");
    public Signer Reviewer { get; } = new("tom", "technical_reviewer");
    public PlanningClient Ada { get; } = backend.As("ada", "planner");
    public PlanningClient Root { get; } = backend.As("root");
    public PlanningClient Release { get; } = backend.As("rel", "release_manager");
    public string PlanId { get; private set; } = "";
    public string CycleId { get; private set; } = "";

    public async Task<PlanView> CreatedAsync()
    {
        CycleId = (await Root.Cycles.OpenAsync(new OpenCycleRequest("One", new DateOnly(2026, 1, 1), new DateOnly(2026, 1, 14), ["Ship"]))).Id;
        var plan = await Ada.Plans.CreateAsync(new CreatePlanRequest("Payments", "payments", EmergencyContact: "eve", RollbackPlan: "rollback.md"));
        PlanId = plan.Id;
        await Ada.Artifacts.AttachAsync(PlanId, "be_backlog.yaml", Encoding.UTF8.GetBytes(Backlog), strict: true);
        await Ada.Artifacts.AttachAsync(PlanId, "rollback.md", "# Back"u8.ToArray());
        return await Ada.Plans.GetAsync(PlanId);
    }

    public async Task<ManifestView> PackagedAsync()
    {
        await CreatedAsync();
        await Ada.Transitions.RequestAndWaitAsync(PlanId, "validate_complete");
        var packed = await Ada.Transitions.RequestAndWaitAsync(PlanId, "package_artifacts");
        await Lead.RegisterAsync(Root);
        await Reviewer.RegisterAsync(Root);
        return await Root.Manifests.GetAsync(packed.ManifestId!, wait: TimeSpan.FromSeconds(30));
    }

    public async Task<ManifestView> SealedAsync()
    {
        var manifest = await PackagedAsync();
        await Lead.SignAsync(backend, manifest);
        return await Reviewer.SignAsync(backend, manifest);
    }

    /// <summary>What critical plans need: three approvals and the board.</summary>
    public async Task ApprovedAsync()
    {
        var seen = (await Ada.Plans.GetAsync(PlanId)).ContentHash;
        foreach (var approver in new[] { "amy", "ben", "cat" })
            await backend.As(approver, "approver").Approvals.RecordAsync(PlanId, new ApproveRequest("approval", "approved", seen));
        await backend.As("dan", "board").Approvals.RecordAsync(PlanId, new ApproveRequest("board_decision", "approved", seen, "Go."));
    }

    public async Task ExecutedAsync(ManifestView manifest)
    {
        await ApprovedAsync();
        await Release.Transitions.RequestAndWaitAsync(PlanId, "begin_execution");
        var started = new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);
        await Release.Executions.ReportAsync(PlanId, new ReportExecutionRequest(
            "production", "succeeded", manifest.Checksums,
            [new TaskProgressRequest("PLN-BE-001", started, started.AddDays(2)), new TaskProgressRequest("PLN-BE-002", started)],
            [new DefectRequest("DEF-1", "A typo", started.AddDays(3), "PLN-BE-001")], "Done."));
    }

    public async Task<CycleView> ClosedAsync(string? next = null)
    {
        await Release.Transitions.RequestAsync(PlanId, "validate_results");
        await Release.Transitions.RequestAsync(PlanId, "analyze_metrics");
        await Release.Transitions.RequestAsync(PlanId, "cycle_complete");
        return await Root.Cycles.CloseAsync(CycleId, new CloseCycleRequest(next));
    }

    public void Dispose()
    {
        Lead.Dispose();
        Reviewer.Dispose();
    }
}
