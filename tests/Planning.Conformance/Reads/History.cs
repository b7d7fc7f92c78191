using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Planning.Domain;
using Planning.Domain.Cycles;
using Planning.Domain.Gates;
using Planning.Domain.Governance;
using Planning.Domain.Handoff;
using Planning.Domain.Plans;
using Planning.Domain.Rulebooks;
using Planning.Engine.Entities;
using Planning.Engine.InMemory;
using Planning.Engine.Log;
using Planning.Engine.Pump;
using Planning.Testing;

namespace Planning.Conformance.Reads;

/// <summary>A history that the real deciders have accepted; consumers are fed from it.</summary>
public sealed class History
{
    public static readonly WorkspaceId Workspace = new("wsp_one");
    public static readonly Actor Author = Person("per_author", Role.Planner, Role.PlanningLead, Role.ReleaseManager, Role.TechnicalReviewer);
    public static readonly Actor Other = Person("per_other", Role.Planner, Role.PlanningLead);

    private static readonly Lazy<(Actor Actor, RegisteredKey Key, RSA Private)[]> Signers = new(() => [Signer("per_lead", Role.PlanningLead), Signer("per_reviewer", Role.TechnicalReviewer)]);

    private readonly FakeTime time = new();
    private readonly CellServices services;
    private readonly Dictionary<EntityKey, IEntityCell> cells = [];
    private int commands;

    /// <param name="log">Null: in memory.</param>
    /// <param name="rulebooks">Null: gates without validators, and no rules.</param>
    public History(IEventLog? log = null, IRulebooks? rulebooks = null)
    {
        Log = log ?? new InMemoryEventLog();
        var snapshots = new InMemorySnapshotStore();
        services = new CellServices(Log, snapshots, new SnapshotWriter(snapshots, NullLogger<SnapshotWriter>.Instance), rulebooks ?? new FixedRules(), time);
    }

    public IEventLog Log { get; }

    /// <returns>The refusal's code; null when accepted.</returns>
    public async Task<string?> SendAsync(EntityKey entity, object command, Actor by)
    {
        time.Advance(TimeSpan.FromSeconds(1));
        if (!cells.TryGetValue(entity, out var cell))
            cells[entity] = cell = EntityKinds.CellFor(entity, services);
        return (await cell.HandleAsync(new CommandRequest(entity, command, by, $"cmd_{++commands}"), default) as Answer.Rejected)?.Rejection.Code;
    }

    public Task<string?> PlanAsync(string id, PlanCommand command, Actor? by = null, WorkspaceId? workspace = null) =>
        SendAsync(EntityKey.Of(workspace ?? Workspace, new PlanId(id)), command, by ?? Author);

    public Task<string?> CreateAsync(
        string id, string title = "Payments", string stream = "payments", string cycle = "cyc_1", int? priority = null, Actor? by = null,
        WorkspaceId? workspace = null, params (string Name, string Value)[] tags) =>
        PlanAsync(
            id, new PlanCommand.Create(new PlanId(id), title, null, stream, new CycleId(cycle), tags.ToImmutableSortedDictionary(t => t.Name, t => t.Value), priority), by, workspace);

    public Task<string?> AttachAsync(string id, string name, string content, ArtifactFacts? facts = null) =>
        PlanAsync(id, new PlanCommand.Attach([new ArtifactRef(name, Hash(content), content.Length, "other", Evidence: false, facts)], new GateRunId($"gtr_{id}_{commands}")));

    public async Task<Plan> ReadAsync(string id) =>
        (Plan)(await EntityKinds.CellFor(EntityKey.Of(Workspace, new PlanId(id)), services).ReadAsync(default)).State;

    public Task<string?> TriggerAsync(string id, Trigger trigger) =>
        PlanAsync(id, new PlanCommand.RequestTransition(trigger, new GateRunId($"gtr_{id}_{commands}"), "because"));

    /// <summary>Ends the gate run that the plan waits for, and carries its outcome to the plan.</summary>
    public async Task EndGateAsync(string id, bool passed = true, int findings = 0)
    {
        var plan = await ReadAsync(id);
        if (plan.Pending is not { } pending)
            return;
        var report = new GateRunReport(
            pending.GateRunId, plan.Id, pending.Gate, pending.Trigger, passed ? GateOutcome.Passed : GateOutcome.Failed,
            pending.ContentHash, pending.RulebookHash, [], [], findings, [], DurationMs: 5);
        await SendAsync(EntityKey.Of(Workspace, pending.GateRunId), new GateRunCommand.Finish(report), Actor.System);
        var facts = plan.Manifest is { } manifest ? new ManifestFacts(manifest, IsSealed: true, []) : null;
        await PlanAsync(id, new PlanCommand.CompleteTransition(pending.GateRunId, passed, [], facts, new ManifestId($"hnd_{id}_{commands}")), Actor.System);
    }

    /// <summary>Through gates 1 to 3, with a sealed manifest.</summary>
    public async Task ExecuteAsync(string id)
    {
        await AttachAsync(id, "be_backlog.yaml", id);
        foreach (var trigger in new[] { Trigger.ValidateComplete, Trigger.PackageArtifacts, Trigger.BeginExecution })
        {
            await TriggerAsync(id, trigger);
            await EndGateAsync(id);
        }
    }

    public Task<string?> MakeManifestAsync(string id, string plan, int number = 1) => SendAsync(
        EntityKey.Of(Workspace, new ManifestId(id)),
        new ManifestCommand.Create(new ManifestEvent.ManifestCreated(
            new ManifestId(id), new PlanId(plan), number, Hash(id), Hash(id), Hash(plan), Hash("rules"),
            ImmutableSortedDictionary<string, ContentHash>.Empty, Author.Id, SealAlgorithm.RsaSha256, [Role.PlanningLead, Role.TechnicalReviewer],
            number > 1 ? new ManifestId("hnd_before") : null)),
        Actor.System);

    public async Task SignAsync(string id, int signers)
    {
        foreach (var (actor, key, secret) in Signers.Value.Take(signers))
        {
            var signature = SealCrypto.Sign(secret, SealAlgorithm.RsaSha256, Hash(id));
            await SendAsync(EntityKey.Of(Workspace, new ManifestId(id)), new ManifestCommand.Sign(key.Fingerprint, signature, key, new ManifestId(id)), actor);
        }
    }

    public Task<string?> OpenCycleAsync(string id) => CycleAsync(id, new CycleCommand.Open(new CycleId(id), $"Cycle {id}", new DateOnly(2026, 1, 5), new DateOnly(2026, 3, 31), []));

    public Task<string?> CloseCycleAsync(string id, string? next = null, params string[] openPlans) => CycleAsync(
        id, new CycleCommand.Close([.. openPlans.Select(plan => new PlanId(plan))], next is null ? null : new CycleId(next), null));

    /// <summary>Hands everything after the consumer's position to it.</summary>
    public async Task FeedAsync(IEventConsumer consumer, long leaseEpoch, Func<int>? batchSize = null)
    {
        var position = await consumer.PositionAsync(0, default);
        while (await Log.ReadAsync(0, position, batchSize?.Invoke() ?? 2_000, default) is { Count: > 0 } events)
        {
            await consumer.HandleAsync(new EventBatch(0, position, events, leaseEpoch), default);
            position = events[^1].Position;
        }
    }

    public static ContentHash Hash(string text) => new("sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));

    private static Actor Person(string id, params Role[] roles) => new(new PersonId(id), ActorKind.Person, roles);

    private static (Actor, RegisteredKey, RSA) Signer(string id, Role role)
    {
        var rsa = RSA.Create(2048);
        var pem = rsa.ExportSubjectPublicKeyInfoPem();
        return (Person(id, role), new RegisteredKey(SealCrypto.Fingerprint(pem), pem, new PersonId(id), role, DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue, null), rsa);
    }

    private Task<string?> CycleAsync(string id, CycleCommand command) => SendAsync(EntityKey.Of(Workspace, new CycleId(id)), command, Author);

    private sealed class FixedRules : IRulebooks
    {
        private static readonly Rulebook Rules = new(
            Hash("rules"),
            [
                new GateDefinition("schema_lint", PlanStatus.Planned, PlanStatus.ReadyForHandoff, []),
                new GateDefinition("cross_stream_consistency", PlanStatus.ReadyForHandoff, PlanStatus.Packaged, []),
                new GateDefinition("parity_coverage", PlanStatus.Packaged, PlanStatus.Executed, []),
            ],
            new GovernanceRules([new TagDefinition("criticality", ["0", "1", "2", "3"], "2"), new TagDefinition("compliance", ["sox", "gdpr", "none"], "none")]),
            [],
            new SealingPolicy(SealAlgorithm.RsaSha256, [Role.PlanningLead, Role.TechnicalReviewer]),
            []);

        public ValueTask<Rulebook> ActiveAsync(WorkspaceId workspace, CancellationToken cancellation) => new(Rules);

        public ValueTask<Rulebook> ByHashAsync(WorkspaceId workspace, ContentHash hash, CancellationToken cancellation) => new(Rules);
    }
}
