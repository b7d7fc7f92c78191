using System.Collections.Immutable;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Planning.Domain;
using Planning.Domain.Gates;
using Planning.Domain.Handoff;
using Planning.Domain.Plans;
using Planning.Domain.Rulebooks;
using Planning.Engine.Entities;
using Planning.Engine.Handoff;
using Planning.Engine.Handoff.Packs;
using Planning.Engine.InMemory;
using Planning.Engine.Log;
using Planning.Engine.People;
using Planning.Engine.Reactors;
using Planning.InProcess;
using Planning.Testing;
using Xunit;

namespace Planning.Engine.Tests.Handoff.Support;

/// <summary>A workspace with one small plan, on the in-memory log and the in-process host. Gates pass when the test says so.</summary>
public sealed class HandoffWorld
{
    public static readonly WorkspaceId Workspace = new("wsp_test");
    public static readonly PlanId PlanId = new("pln_api_gateway");

    private static readonly Actor Planner = new(new PersonId("per_planner"), ActorKind.Person, [Role.Planner]);
    private static readonly Actor Releaser = new(new PersonId("per_releaser"), ActorKind.Person, [Role.ReleaseManager]);
    private static readonly Actor Approver = new(new PersonId("per_approver"), ActorKind.Person, [Role.Approver]);
    private static readonly Actor Admin = new(new PersonId("per_admin"), ActorKind.Person, [Role.Admin]);

    private readonly IReactor[] reactors;
    private long reacted;
    private int commands;

    public HandoffWorld(SealAlgorithm algorithm = SealAlgorithm.RsaSha256)
    {
        var rules = new TestRules(algorithm);
        var snapshots = new InMemorySnapshotStore();
        var writer = new SnapshotWriter(snapshots, NullLogger<SnapshotWriter>.Instance);
        Cells = new CellServices(Log, snapshots, writer, rules, Time);
        Host = new InProcessHost(new InProcessOptions(), () => Cells, Time);
        Packs = new PackWriter(Host, Log, Blobs, Directory);
        Handoff = new HandoffReactor(Host, Log, Blobs, rules);
        reactors = [new GateOutcomeReactor(Host, new ManifestInspector(Host, Blobs)), Handoff];
    }

    public InMemoryEventLog Log { get; } = new();
    public InMemoryBlobStore Blobs { get; } = new();
    public InMemoryDirectory Directory { get; } = new();
    public FakeTime Time { get; } = new(new DateTimeOffset(2027, 1, 15, 10, 0, 0, TimeSpan.Zero));
    public CellServices Cells { get; }
    public InProcessHost Host { get; }
    public PackWriter Packs { get; }
    public HandoffReactor Handoff { get; }

    public static EntityKey PlanKey => EntityKey.Of(Workspace, PlanId);

    public async Task<Plan> PlanAsync() => (Plan)(await Host.ReadAsync(PlanKey, default)).State;

    public async Task<Manifest> ManifestAsync(ManifestId id) => (Manifest)(await Host.ReadAsync(EntityKey.Of(Workspace, id), default)).State;

    /// <summary>A plan with two artifacts and a coverage report, packaged and waiting for its signers.</summary>
    public async Task<ManifestId> PackageAsync(string? snapshotRev = null)
    {
        var rulebook = await Task.WhenAll(TestRules.Files.Bytes.Values.Select(b => Blobs.PutAsync(Workspace, b, default).AsTask()));
        Assert.Equal(TestRules.Files.FileHashes.Values, rulebook);
        await SendAsync(EntityKey.RulebookOf(Workspace), new RulebookCommand.Activate(TestRules.Files.Hash, TestRules.Files.FileHashes), Admin);
        var tags = ImmutableSortedDictionary<string, string>.Empty.Add("criticality", "1");
        await SendPlanAsync(
            new PlanCommand.Create(
                PlanId, "API gateway", null, "platform", new CycleId("cyc_1"), snapshotRev is null ? tags : tags.Add("snapshot_rev", snapshotRev),
                Window: new PlanWindow(new DateOnly(2027, 2, 1), new DateOnly(2027, 2, 5)), EmergencyContact: new PersonId("per_oncall"), RollbackPlan: "story_map.md"),
            Planner);
        await AttachAsync("be_backlog.yaml", "tasks: []\n");
        await AttachAsync("story_map.md", "# Ünïcode story map\n");
        await AttachAsync("coverage.xml", "<coverage line-rate=\"0.91\"/>\n", evidence: true);
        await PassAsync(Trigger.ValidateComplete, "run_1", Planner);
        return await RepackageAsync("run_2");
    }

    public async Task<ManifestId> RepackageAsync(string run)
    {
        await PassAsync(Trigger.PackageArtifacts, run, Planner);
        return (await PlanAsync()).Manifest!.Value;
    }

    public Task AttachAsync(string name, string text, bool evidence = false) => AttachAsync(name, text, evidence, new GateRunId("run_edit_" + name));

    /// <summary>An edit of content while the plan is packaged: its gate runs and passes.</summary>
    public async Task EditAsync(string name, string text, string run)
    {
        await AttachAsync(name, text, evidence: false, new GateRunId(run));
        await FinishAsync(new GateRunId(run), "cross_stream_consistency", Trigger.PackageArtifacts);
        await ReactAsync();
    }

    public async Task RegisterAsync(TestSigner signer, DateTimeOffset? validTo = null)
    {
        var key = new SignerKey(
            Workspace, signer.Fingerprint, signer.Pem, signer.Actor.Id, signer.Role, Time.GetUtcNow().AddDays(-1), validTo ?? Time.GetUtcNow().AddDays(365), RevokedAt: null);
        Assert.True(await Directory.AddSignerKeyAsync(key, default));
    }

    public async Task SignAsync(ManifestId id, TestSigner signer)
    {
        var created = (await ManifestAsync(id)).Created!;
        var found = (await Directory.FindSignerKeyAsync(Workspace, signer.Fingerprint, default))!;
        var key = new RegisteredKey(found.Fingerprint, found.PublicKeyPem, found.Person, found.Role, found.ValidFrom, found.ValidTo, found.RevokedAt);
        await SendAsync(
            EntityKey.Of(Workspace, id),
            new ManifestCommand.Sign(signer.Fingerprint, SealCrypto.Sign(signer.Rsa, created.Algorithm, created.Digest), key, (await PlanAsync()).Manifest),
            signer.Actor);
    }

    public async Task<ManifestId> SealAsync(string? snapshotRev = null)
    {
        var id = await PackageAsync(snapshotRev);
        foreach (var signer in new[] { TestSigner.Lead, TestSigner.Reviewer })
        {
            await RegisterAsync(signer);
            Time.Advance(TimeSpan.FromMinutes(5));
            await SignAsync(id, signer);
        }
        return id;
    }

    /// <summary>What happens after the seal: later evidence, an approval, gate 3, an execution report.</summary>
    public async Task ExecuteAsync()
    {
        await AttachAsync("parity.json", "{}", evidence: true);
        await SendPlanAsync(new PlanCommand.Approve(ApprovalKind.Approval, Verdict.Approved), Approver);
        await PassAsync(Trigger.BeginExecution, "run_3", Releaser);
        await SendPlanAsync(
            new PlanCommand.ReportExecution(new ExecutionReport(
                "rep_1", Releaser.Id, "production", ExecutionOutcome.Succeeded, Time.GetUtcNow(),
                (await PlanAsync()).Content.ToImmutableSortedDictionary(a => a.Name, a => a.Hash), [], [])),
            Releaser);
    }

    /// <summary>The file of a sealed manifest.</summary>
    public async Task<byte[]> PackAsync(ManifestId id)
    {
        var export = await Packs.WriteAsync(Workspace, id, default);
        Assert.Null(export.Refused);
        return export.Bytes.ToArray();
    }

    private async Task AttachAsync(string name, string text, bool evidence, GateRunId run)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var hash = await Blobs.PutAsync(Workspace, bytes, default);
        await SendPlanAsync(new PlanCommand.Attach([new ArtifactRef(name, hash, bytes.Length, "document", evidence, null)], run), evidence ? Releaser : Planner);
    }

    private async Task PassAsync(Trigger trigger, string run, Actor by)
    {
        await SendPlanAsync(new PlanCommand.RequestTransition(trigger, new GateRunId(run)), by);
        await FinishAsync(new GateRunId(run), (await PlanAsync()).Pending!.Gate, trigger);
        await ReactAsync();
    }

    private async Task FinishAsync(GateRunId run, string gate, Trigger trigger)
    {
        var plan = await PlanAsync();
        var waiver = new Waiver(gate, "fp_1", "known", Time.GetUtcNow().AddDays(7), TestSigner.Lead.Actor.Id);
        var report = new GateRunReport(
            run, PlanId, gate, trigger, GateOutcome.Passed, plan.ContentHash, TestRules.Files.Hash,
            [new ValidatorResult("yaml_lint", "1", "sha256:none", Passed: true, DurationMs: 3, Cached: false, FindingCount: 1)],
            [new FindingSummary("fp_1", "trailing_space", "be_backlog.yaml", 1, 10, "", "error", "A blank ends the line.", "Remove it.", Waived: true)],
            1, gate == "schema_lint" ? [waiver] : [], 3, await Blobs.PutAsync(Workspace, Encoding.UTF8.GetBytes($"findings of {run}"), default));
        await SendAsync(EntityKey.Of(Workspace, run), new GateRunCommand.Finish(report), Actor.System);
    }

    private Task<Answer.Accepted> SendPlanAsync(PlanCommand command, Actor by) => SendAsync(PlanKey, command, by);

    private async Task<Answer.Accepted> SendAsync(EntityKey entity, object command, Actor by)
    {
        Time.Advance(TimeSpan.FromSeconds(1));
        var answer = await Host.SendAsync(new CommandRequest(entity, command, by, $"cmd_{++commands}"), default);
        return answer is Answer.Accepted accepted ? accepted : throw new InvalidOperationException($"{command.GetType().Name}: {answer}");
    }

    private async Task ReactAsync()
    {
        while (await Log.ReadAsync(0, reacted, int.MaxValue, default) is { Count: > 0 } events)
        {
            foreach (var e in events)
            {
                foreach (var reactor in reactors.Where(r => r.Types.Contains(e.Type)))
                    await reactor.ReactAsync(e, default);
            }
            reacted = events[^1].Position;
        }
    }
}
