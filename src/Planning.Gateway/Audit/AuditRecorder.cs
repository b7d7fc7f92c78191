using System.Collections.Immutable;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Planning.Domain;
using Planning.Engine.Audit;
using Planning.Gateway.Identity;

namespace Planning.Gateway.Audit;

/// <summary>The one place that writes to the security audit: what must be recorded at once, refusals as far as there is room.</summary>
internal sealed partial class AuditRecorder(ISecurityAudit audit, GatewayOptions options, TimeProvider time, ILogger<AuditRecorder> logger)
{
    private readonly RefusalBudget budget = new(options.Audit);
    private readonly TrustedProxies proxies = new(options.ForwardedFrom);

    public IPAddress? AddressOf(HttpContext http) => proxies.AddressOf(http);

    public WorkspaceId WorkspaceOf(Caller? caller) =>
        caller?.Workspace ?? new WorkspaceId(options.Audit.StrangersWorkspace is { Length: > 0 } named ? named : options.LocalWorkspace);

    public RefusalSource SourceOf(HttpContext http, Caller? caller) =>
        new(WorkspaceOf(caller), caller?.KeyId ?? TrustedProxies.NetworkOf(AddressOf(http)), IsStranger: caller?.KeyId is null);

    /// <summary>Not cancelled with the request: what was done is recorded whether or not somebody waits for the answer.</summary>
    /// <returns>False when it could not be written, or may not have been.</returns>
    public async ValueTask<bool> RecordAsync(AuditEntry entry)
    {
        try
        {
            using var timeout = new CancellationTokenSource(options.Audit.WriteTimeout, time);
            await audit.AppendAsync(entry, timeout.Token);
            return true;
        }
        catch (Exception e)
        {
            NotWritten(logger, entry.Event, entry.Action, entry.Outcome, entry.Workspace.Value, entry.Actor?.Value, entry.ResourceId, entry.TraceId, e);
            return false;
        }
    }

    public async ValueTask RecordRefusalAsync(RefusalSource source, AuditEntry entry)
    {
        if (budget.Take(source, time.GetUtcNow()) is { } suppressed && !await RecordAsync(entry with { Suppressed = suppressed }))
            budget.Suppress(source, suppressed + 1, time.GetUtcNow());
    }

    /// <summary>A record for each source that was silenced and has not come again.</summary>
    /// <param name="all">Also of the minute that is not over, as when the process ends.</param>
    public async Task ReportSuppressedAsync(bool all)
    {
        foreach (var (source, suppressed) in budget.Drain(time.GetUtcNow(), all))
        {
            var written = await RecordAsync(new AuditEntry(source.Workspace, AuditEvent.RefusalsSuppressed, AuditAction.Change, AuditOutcome.Denied)
            {
                KeyId = source.IsStranger ? null : source.Name,
                Suppressed = suppressed,
                Details = ImmutableSortedDictionary<string, string>.Empty.Add("source", source.Name),
            });
            if (!written)
                budget.Suppress(source, suppressed, time.GetUtcNow());
        }
    }

    [LoggerMessage(EventId = 2301, Level = LogLevel.Error,
        Message = "The security audit did not take {Event} {Action} {Outcome} in {Workspace} by {Actor} on {Resource} ({TraceId})")]
    private static partial void NotWritten(
        ILogger logger, AuditEvent @event, AuditAction action, AuditOutcome outcome, string workspace, string? actor, string? resource, string? traceId, Exception e);
}
