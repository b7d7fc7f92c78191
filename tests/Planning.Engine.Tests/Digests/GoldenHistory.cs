using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Planning.Domain;
using Planning.Domain.Cycles;
using Planning.Domain.Expressions;
using Planning.Domain.Governance;
using Planning.Domain.Rulebooks;
using Planning.Engine.Digests;
using Planning.Engine.Entities;
using Planning.Engine.InMemory;
using Planning.Engine.Log;
using Planning.Testing;
using Xunit;

namespace Planning.Engine.Tests.Digests;

/// <summary>The worked example: its events, the rules it is measured by, and its expected digest.</summary>
internal sealed class GoldenHistory : IRulebooks
{
    public static readonly WorkspaceId Workspace = new("wsp_golden");

    private static readonly Rulebook Rules = new(
        new ContentHash("sha256:" + new string('1', 64)), [], new GovernanceRules([]),
        [
            Kpi("planning_velocity", "sum(completed_points) / cycle_days", "points_per_day", 1.5m, KpiDirection.HigherIsBetter, "Points of tasks done in the cycle, per day of the cycle"),
            Kpi("quality_gate_pass_rate", "gate_runs_passed / gate_runs_finished * 100", "percentage", 95, KpiDirection.HigherIsBetter, "Gate runs that passed, of those that ended"),
            Kpi("handoff_success_rate", "handoffs_executed / handoffs_sealed * 100", "percentage", 100, KpiDirection.HigherIsBetter, "Sealed manifests whose plan was executed"),
            Kpi("cycle_time", "avg(task_days)", "days", 3, KpiDirection.LowerIsBetter, "Mean days from the start of a task until it is done"),
            Kpi("defect_escape_rate", "defects_escaped / tasks_done * 100", "percentage", 5, KpiDirection.LowerIsBetter, "Defects reported after execution, per task done"),
        ],
        new SealingPolicy(SealAlgorithm.RsaSha256, []), []);

    public static ImmutableArray<KpiDefinition> Kpis => Rules.Kpis;

    public static IReadOnlyList<StoredEvent> Events { get; } = [.. File.ReadLines(Path("history.jsonl")).Select(Read)];

    public static byte[] Notes => File.ReadAllBytes(Path("cycle_notes.yaml"));

    public static string Path(string file) => Repository.At("tests", "Planning.Engine.Tests", "Digests", "golden", file);

    /// <summary>The digest of the cycle that closes last among these events.</summary>
    public static Digest Build(IEnumerable<StoredEvent> events)
    {
        var fold = new CycleFold();
        foreach (var stored in events)
            fold.Apply(CycleHistory.Happened(stored));
        return DigestBuilder.Build(new DigestInput(Workspace, fold.Closed, Kpis, CycleNotesReader.Read(Notes)));
    }

    /// <summary>A log that holds these events, and the blob of the notes.</summary>
    public static async Task<(InMemoryEventLog Log, InMemoryBlobStore Blobs)> StoreAsync()
    {
        var log = new InMemoryEventLog();
        foreach (var e in Events)
        {
            var append = new Append(e.Entity, e.Version - 1, $"cmd_{e.Position}", 0, e.At, "{}"u8.ToArray(), [new NewEvent(e.EventId, e.Type, e.SchemaVersion, e.Data)]);
            Assert.IsType<AppendOutcome.Committed>(await log.AppendAsync(append, default));
        }
        var blobs = new InMemoryBlobStore();
        await blobs.PutAsync(Workspace, Notes, default);
        return (log, blobs);
    }

    public ValueTask<Rulebook> ActiveAsync(WorkspaceId workspace, CancellationToken cancellation) => new(Rules);

    public ValueTask<Rulebook> ByHashAsync(WorkspaceId workspace, ContentHash hash, CancellationToken cancellation) =>
        hash == Rules.Hash ? new(Rules) : throw new KeyNotFoundException(hash.Value);

    private static KpiDefinition Kpi(string name, string formula, string unit, decimal target, KpiDirection direction, string description) =>
        Formula.TryParse(formula, KpiScope.Inputs, ExpressionType.Number, out var parsed, out _)
            ? new KpiDefinition(name, parsed, unit, target, direction, description)
            : throw new InvalidOperationException(formula);

    private static StoredEvent Read(string line)
    {
        using var json = JsonDocument.Parse(line);
        var e = json.RootElement;
        var kind = Enum.Parse<EntityKind>(Text("entity_kind").Replace("_", "", StringComparison.Ordinal), ignoreCase: true);
        return new StoredEvent(
            0, e.GetProperty("position").GetInt64(), new EntityKey(Workspace, kind, Text("entity_id")), e.GetProperty("version").GetInt64(), Text("event_id"),
            Text("type"), e.GetProperty("schema_version").GetInt32(), Encoding.UTF8.GetBytes(e.GetProperty("data").GetRawText()), "{}"u8.ToArray(), "", 0, e.GetProperty("at").GetDateTimeOffset());

        string Text(string name) => e.GetProperty(name).GetString()!;
    }
}
