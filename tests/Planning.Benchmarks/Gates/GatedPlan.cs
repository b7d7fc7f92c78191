using System.Collections.Immutable;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Planning.Artifacts.Documents;
using Planning.Benchmarks.Engine;
using Planning.Domain;
using Planning.Domain.Gates;
using Planning.Domain.Plans;
using Planning.Domain.Rulebooks;
using Planning.Engine;
using Planning.Engine.Entities;
using Planning.Engine.Gates;
using Planning.Engine.Gates.Validators;
using Planning.Engine.InMemory;
using Planning.Engine.Intake;
using Planning.Engine.Rulebooks;

namespace Planning.Benchmarks.Gates;

/// <summary>A plan with artifacts on PostgreSQL, and gates that judge it under the default rules.</summary>
internal sealed class GatedPlan : IAsyncDisposable, IRulebooks
{
    /// <summary>A gate with the dependency graph alone.</summary>
    public const string GraphOnly = "graph_only";

    /// <summary>Before the window of the backlogs, and near enough.</summary>
    private static readonly DateTimeOffset Now = new(2027, 1, 15, 9, 0, 0, TimeSpan.Zero);
    private static readonly Actor Planner = new(new PersonId("planner"), ActorKind.Person, [Role.Planner]);
    private static readonly EntityKey Key = BenchmarkPlans.Key(0);

    private readonly BenchmarkNode node;
    private readonly Rulebook rules = WithGraphOnly(DefaultRulebook.Load());
    private GateRunner runner;
    private int runs;

    private GatedPlan(BenchmarkNode node)
    {
        this.node = node;
        runner = NewRunner();
    }

    public static Task<GatedPlan> OpenAsync(string connectionString, params (string Name, string Text)[] artifacts) => AmongAsync(1, connectionString, artifacts);

    /// <param name="plans">In the database, this one among them; all are in the lists.</param>
    public static async Task<GatedPlan> AmongAsync(int plans, string connectionString, params (string Name, string Text)[] artifacts)
    {
        var filled = await BenchmarkNode.OpenAsync(connectionString);
        await filled.Plans.CreateAsync(plans);
        if (plans > 1)
        {
            filled.Node.Start();
            await filled.CatchUpAsync();
        }
        var opened = new GatedPlan(filled);
        foreach (var (name, text) in artifacts)
            await opened.AttachAsync(name, text);
        return opened;
    }

    /// <summary>The plan of a database that <see cref="AmongAsync"/> has filled, as a server that has just started sees it.</summary>
    public static async Task<GatedPlan> ReopenAsync(string connectionString) => new(await BenchmarkNode.OpenAsync(connectionString));

    public async Task AttachAsync(string name, string text)
    {
        var intake = new ArtifactIntake(node.Node.Backend.Blobs, ArtifactLimits.Default);
        var taken = await intake.TakeAsync(BenchmarkPlans.Workspace, name, evidence: false, strict: false, Encoding.UTF8.GetBytes(text), CancellationToken.None);
        var artifact = taken is TakenIn.Accepted accepted ? accepted.Artifact : throw new InvalidOperationException($"{name} was refused.");
        var attach = new CommandRequest(Key, new PlanCommand.Attach([artifact], new GateRunId(Ids.New("gtr_"))), Planner, Ids.New("cmd_"));
        if (await node.Node.Host.SendAsync(attach, CancellationToken.None) is Answer.Rejected refused)
            throw new InvalidOperationException(refused.Rejection.Message);
    }

    public async Task<GateRunReport> RunAsync(string gate)
    {
        var plan = (Plan)(await node.Node.Host.ReadAsync(Key, CancellationToken.None)).State;
        var definition = rules.Gates.First(g => g.Name == gate);
        var started = new PlanEvent.GateStarted(
            new GateRunId($"gtr_{++runs}"), gate, Trigger.ValidateComplete, definition.From, definition.To, plan.ContentHash, rules.Hash,
            plan.Artifacts.ToImmutableSortedDictionary(a => a.Key, a => a.Value.Hash, StringComparer.Ordinal), [], Planner.Id);
        return await runner.RunAsync(Key, started, Now, CancellationToken.None);
    }

    /// <summary>Every gate of the default rules, whatever it finds.</summary>
    public async Task RunAllAsync()
    {
        foreach (var gate in rules.Gates.Where(g => g.Name != GraphOnly))
            await RunAsync(gate.Name);
    }

    /// <summary>The next run knows nothing of those before.</summary>
    public void Forget()
    {
        runner.Dispose();
        runner = NewRunner();
    }

    public ValueTask<Rulebook> ActiveAsync(WorkspaceId workspace, CancellationToken cancellation) => ValueTask.FromResult(rules);

    public ValueTask<Rulebook> ByHashAsync(WorkspaceId workspace, ContentHash hash, CancellationToken cancellation) => ValueTask.FromResult(rules);

    public async ValueTask DisposeAsync()
    {
        runner.Dispose();
        await node.DisposeAsync();
    }

    private GateRunner NewRunner() => new(
        node.Node.Host, node.Node.Backend.Blobs, this, node.Node.Backend.Reads, new InMemoryGateResults(), BuiltInValidators.All, new GateOptions(), TimeProvider.System, NullLogger<GateRunner>.Instance);

    private static Rulebook WithGraphOnly(Rulebook rules)
    {
        var gate = rules.Gates.First(g => g.Name == "cross_stream_consistency");
        return rules with { Gates = [.. rules.Gates, gate with { Name = GraphOnly, Validators = [.. gate.Validators.Where(v => v.Type == "dependency_graph")] }] };
    }
}
