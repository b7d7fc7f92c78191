using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.Logging.Abstractions;
using Planning.Domain;
using Planning.Engine.Audit;
using Planning.Engine.InMemory;
using Planning.Engine.Reads;
using Planning.Gateway.Audit;
using Planning.Gateway.Identity;
using Planning.Testing;
using Xunit;

namespace Planning.Gateway.Tests.Audit;

/// <summary>What cannot be provoked at will over a connection.</summary>
public sealed class AuditedFilterTests
{
    private static readonly WorkspaceId Workspace = new("default");

    [Fact]
    public async Task Whoever_hangs_up_does_not_escape_the_record()
    {
        var audit = new InMemorySecurityAudit(new FakeTime());
        var http = Request(audit, new Audited(AuditEvent.SignerKeyChange, AuditAction.Revoke, "signer_key", Announced: true));

        await Assert.ThrowsAsync<OperationCanceledException>(async () => await AuditedFilter.Instance.InvokeAsync(
            new DefaultEndpointFilterInvocationContext(http), _ => throw new OperationCanceledException(http.RequestAborted)));

        Assert.Equal([("ATTEMPTED", null), ("FAILED", "request_cancelled")], (await RowsAsync(audit)).Select(r => (r.Outcome, r.Details.GetValueOrDefault("code"))));
    }

    [Fact]
    public async Task A_route_that_says_nothing_leaves_no_record()
    {
        var audit = new InMemorySecurityAudit(new FakeTime());
        var http = Request(audit, new Audited(AuditEvent.PlanWithdrawal, Action: null, "plan", Announced: false));

        var answer = await AuditedFilter.Instance.InvokeAsync(new DefaultEndpointFilterInvocationContext(http), _ => new ValueTask<object?>("done"));

        Assert.Equal("done", answer);
        Assert.Empty(await RowsAsync(audit));
    }

    private static DefaultHttpContext Request(ISecurityAudit audit, Audited audited)
    {
        var recorder = new AuditRecorder(audit, new GatewayOptions(), new FakeTime(), NullLogger<AuditRecorder>.Instance);
        var http = new DefaultHttpContext { RequestAborted = new CancellationToken(canceled: true) };
        http.SetEndpoint(new Microsoft.AspNetCore.Routing.RouteEndpoint(_ => Task.CompletedTask, RoutePatternFactory.Parse("/v1/keys/{fingerprint}"), 0, new EndpointMetadataCollection(audited), null));
        var request = new RequestAudit(http, recorder);
        request.Comes(new Caller("key_1", Workspace, new Actor(new PersonId("root"), ActorKind.Person, [Role.Admin]), "key_1"));
        http.Features.Set(request);
        return http;
    }

    private static async Task<IReadOnlyList<AuditRow>> RowsAsync(ISecurityAudit audit) =>
        [.. (await audit.ListAsync(Workspace, new AuditFilter(), new PageRequest(null, 10), default)).Items.Reverse()];
}
