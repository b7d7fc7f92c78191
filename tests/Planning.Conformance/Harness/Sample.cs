using System.Text;
using Planning.Domain;
using Planning.Engine.Log;

namespace Planning.Conformance.Harness;

/// <summary>Appends as the tests need them.</summary>
public static class Sample
{
    public static readonly WorkspaceId Workspace = new("wsp_one");

    public static readonly WorkspaceId OtherWorkspace = new("wsp_two");

    public static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    public static EntityKey Plan(string id, WorkspaceId? workspace = null) => new(workspace ?? Workspace, EntityKind.Plan, id);

    /// <summary>One event, whose id names the entity and the version, and who appended it.</summary>
    public static Append Append(EntityKey entity, long expectedVersion, string by = "me") =>
        Append(entity, expectedVersion, [$"evt_{by}_{entity.Id}_{expectedVersion + 1}"]);

    public static Append Append(EntityKey entity, long expectedVersion, string[] eventIds, string data = """{"note":"Größe ≥ 1"}""") => new(
        entity, expectedVersion, $"cmd_{eventIds[0]}", 42, Noon, """{"actor":"per_1"}"""u8.ToArray(),
        [.. eventIds.Select(id => new NewEvent(id, "STATE_TRANSITION", 1, Encoding.UTF8.GetBytes(data)))]);

    public static async Task<long> CommittedAsync(this IEventLog log, Append append) =>
        Xunit.Assert.IsType<AppendOutcome.Committed>(await log.AppendAsync(append, CancellationToken.None)).Position;

    public static ValueTask<AppendOutcome> OutcomeAsync(this IEventLog log, Append append) => log.AppendAsync(append, CancellationToken.None);

    public static ValueTask<IReadOnlyList<StoredEvent>> AllAsync(this IEventLog log) => log.ReadAsync(0, 0, int.MaxValue, CancellationToken.None);

    public static string Text(this ReadOnlyMemory<byte> json) => Encoding.UTF8.GetString(json.Span);
}
