using System.Collections.Immutable;
using System.Net;
using Planning.Conformance.Harness;
using Planning.Domain;
using Planning.Engine.Audit;
using Planning.Engine.InMemory;
using Planning.Engine.Reads;
using Planning.Postgres.Audit;
using Xunit;

namespace Planning.Conformance.Stores;

/// <summary>What every security audit must do.</summary>
public abstract class SecurityAuditSuite : StoreSuite<ISecurityAudit>
{
    private static readonly AuditFilter All = new();

    private static readonly AuditEntry Approval = new(Sample.Workspace, AuditEvent.PlanApproval, AuditAction.Approve, AuditOutcome.Success)
    {
        Actor = new PersonId("amy"),
        KeyId = "key_1",
        IpAddress = IPAddress.Parse("2001:db8::7"),
        UserAgent = "planning/1.0 (Zürich)",
        ResourceType = "plan",
        ResourceId = "pln_1",
        Route = "POST /v1/plans/{plan_id}/approvals",
        CommandId = "cmd_1",
        TraceId = "4bf92f3577b34da6a3ce929d0e0e4736",
        Suppressed = 3,
        Details = ImmutableSortedDictionary<string, string>.Empty.Add("kind", "approval"),
    };

    private static readonly AuditEntry Denied = new(Sample.Workspace, AuditEvent.PermissionCheckFailed, AuditAction.Change, AuditOutcome.Denied) { ResourceType = "environment", ResourceId = "env_1" };

    public static TheoryData<string, AuditFilter> Filters => new()
    {
        { "event type", new AuditFilter(EventType: "PLAN_APPROVAL") },
        { "action", new AuditFilter(Action: "APPROVE") },
        { "outcome", new AuditFilter(Outcome: "SUCCESS") },
        { "actor", new AuditFilter(Actor: new PersonId("amy")) },
        { "resource type", new AuditFilter(ResourceType: "plan") },
        { "resource", new AuditFilter(ResourceId: "pln_1") },
    };

    [Fact]
    public async Task A_record_is_read_as_it_was_written_in_its_workspace_alone()
    {
        await Store.AppendAsync(Approval, default);

        var row = Assert.Single(await RowsAsync(All));

        Assert.Equal(
            (row.EventType, row.Action, row.Outcome, row.Actor, row.KeyId, row.IpAddress, row.UserAgent),
            ("PLAN_APPROVAL", "APPROVE", "SUCCESS", new PersonId("amy"), "key_1", "2001:db8::7", "planning/1.0 (Zürich)"));
        Assert.Equal(
            (row.ResourceType, row.ResourceId, row.Route, row.CommandId, row.TraceId, row.Suppressed),
            ("plan", "pln_1", "POST /v1/plans/{plan_id}/approvals", "cmd_1", "4bf92f3577b34da6a3ce929d0e0e4736", 3));
        Assert.Equal([KeyValuePair.Create("kind", "approval")], row.Details);
        Assert.Empty((await Store.ListAsync(Sample.OtherWorkspace, All, new PageRequest(null, 10), default)).Items);
    }

    [Fact]
    public async Task What_nobody_knows_is_left_open()
    {
        await Store.AppendAsync(new AuditEntry(Sample.Workspace, AuditEvent.AuthenticationFailed, AuditAction.View, AuditOutcome.Denied), default);

        var row = Assert.Single(await RowsAsync(All));

        Assert.Equal((row.Actor, row.KeyId, row.IpAddress, row.UserAgent, row.ResourceId, row.ResourceType), (null, null, null, null, null, "workspace"));
        Assert.Empty(row.Details);
    }

    [Fact]
    public async Task Nothing_that_a_caller_sends_keeps_its_record_from_being_written()
    {
        var details = Enumerable.Range(0, 50).ToImmutableSortedDictionary(i => $"d{i:00}", _ => new string('\u0001', 10_000), StringComparer.Ordinal);
        await Store.AppendAsync(Approval with { UserAgent = "\0\uD800" + new string('ü', 10_000), ResourceId = new string('x', 10_000), Details = details }, default);

        var row = Assert.Single(await RowsAsync(All));

        Assert.Equal((AuditEntry.MaxUserAgent, AuditEntry.MaxName, AuditEntry.MaxDetails), (row.UserAgent!.Length, row.ResourceId!.Length, row.Details.Count));
        Assert.StartsWith("\uFFFD\uFFFDü", row.UserAgent, StringComparison.Ordinal);
        Assert.All(row.Details.Values, detail => Assert.Equal(new string('\uFFFD', AuditEntry.MaxDetail), detail));
    }

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task A_filter_shows_what_it_names_and_nothing_else(string name, AuditFilter filter)
    {
        await Store.AppendAsync(Denied, default);
        await Store.AppendAsync(Approval, default);
        await Store.AppendAsync(Denied, default);

        Assert.True((await RowsAsync(filter)) is [{ EventType: "PLAN_APPROVAL" }], name);
    }

    [Fact]
    public async Task A_span_of_time_includes_its_beginning_and_not_its_end()
    {
        await Store.AppendAsync(Approval, default);
        var at = Assert.Single(await RowsAsync(All)).At;

        Assert.Single(await RowsAsync(new AuditFilter(From: at, To: at.AddMinutes(1))));
        Assert.Empty(await RowsAsync(new AuditFilter(To: at)));
        Assert.Empty(await RowsAsync(new AuditFilter(From: at.AddMinutes(1))));
    }

    [Fact]
    public async Task Pages_go_from_the_newest_to_the_oldest_without_a_gap()
    {
        for (var i = 0; i < 5; i++)
            await Store.AppendAsync(Approval with { ResourceId = $"pln_{i}" }, default);
        var (seen, cursor) = (new List<string>(), (string?)null);
        do
        {
            var page = await Store.ListAsync(Sample.Workspace, All, new PageRequest(cursor, 2), default);
            seen.AddRange(page.Items.Select(r => r.ResourceId!));
            cursor = page.Next;
            await Store.AppendAsync(Denied, default);
        }
        while (cursor is not null);

        Assert.Equal(["pln_4", "pln_3", "pln_2", "pln_1", "pln_0"], seen);
    }

    [Fact]
    public async Task A_cursor_belongs_to_its_filters_and_its_workspace()
    {
        await Store.AppendAsync(Approval, default);
        await Store.AppendAsync(Approval, default);
        var cursor = (await Store.ListAsync(Sample.Workspace, All, new PageRequest(null, 1), default)).Next;

        await Assert.ThrowsAsync<InvalidCursorException>(async () => await Store.ListAsync(Sample.Workspace, new AuditFilter(Action: "APPROVE"), new PageRequest(cursor, 1), default));
        await Assert.ThrowsAsync<InvalidCursorException>(async () => await Store.ListAsync(Sample.OtherWorkspace, All, new PageRequest(cursor, 1), default));
    }

    private async Task<IReadOnlyList<AuditRow>> RowsAsync(AuditFilter filter) => (await Store.ListAsync(Sample.Workspace, filter, new PageRequest(null, 10), default)).Items;
}

public sealed class InMemorySecurityAuditTests : SecurityAuditSuite
{
    protected override ISecurityAudit InMemory() => new InMemorySecurityAudit(TimeProvider.System);
}

public sealed class PostgresSecurityAuditTests : SecurityAuditSuite
{
    protected override ISecurityAudit OnPostgres(MigratedDatabase database) => new PostgresSecurityAudit(database.Pools);
}
