using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Planning.Engine.Audit;
using Planning.Gateway.Errors;
using Planning.Gateway.Identity;
using Planning.Gateway.Requests;

namespace Planning.Gateway.Audit;

/// <summary>What is recorded of one request: who comes, what the route and its handler say, how it ends.</summary>
internal sealed class RequestAudit(HttpContext http, AuditRecorder recorder)
{
    private const string IdEnding = "_id";

    private readonly RouteEndpoint? endpoint = http.GetEndpoint() as RouteEndpoint;
    private readonly Audited? audited = http.GetEndpoint()?.Metadata.GetMetadata<Audited>();
    private ImmutableSortedDictionary<string, string> details = ImmutableSortedDictionary<string, string>.Empty;
    private AuditAction? said;
    private Caller? caller;
    private bool ended;

    public static RequestAudit Of(HttpContext http) =>
        http.Features.Get<RequestAudit>() ?? throw new UnreachableException($"{http.Request.Path} is served without AuditMiddleware.");

    /// <param name="from">Also who comes with a key that no longer holds.</param>
    public void Comes(Caller? from) => caller = from;

    /// <summary>What exactly is asked for, as the body has it. Never secrets; null details are left out.</summary>
    public void Says(AuditAction action, params ReadOnlySpan<(string Name, string? Value)> more)
    {
        said = action;
        foreach (var (name, value) in more)
            details = value is null ? details : details.SetItem(name, value);
    }

    /// <returns>False where it had to be announced and could not be.</returns>
    public async ValueTask<bool> AnnounceAsync() =>
        audited is not { Announced: true } || await recorder.RecordAsync(Entry(audited.Event, Acting!.Value, AuditOutcome.Attempted));

    /// <returns>False where the only record of a success could not be written.</returns>
    public async ValueTask<bool> SucceedAsync()
    {
        ended = true;
        if (audited is null || Acting is not { } action)
            return true;
        return await recorder.RecordAsync(Entry(audited.Event, action, AuditOutcome.Success)) || audited.Announced;
    }

    /// <summary>Never fails: a refusal stays the refusal that it is.</summary>
    public async ValueTask RefuseAsync(int status, string code)
    {
        var denied = status is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden;
        if (ended || !(denied || (caller is not null && Acting is not null)))
            return;
        ended = true;
        // What a refused body says was not checked to the end: it may hold names, or a secret in the wrong field.
        details = ImmutableSortedDictionary<string, string>.Empty.Add("code", code);
        var kind = !denied ? audited!.Event
            : status == StatusCodes.Status403Forbidden && caller is not null ? AuditEvent.PermissionCheckFailed
            : AuditEvent.AuthenticationFailed;
        var action = Acting ?? (HttpMethods.IsGet(http.Request.Method) ? AuditAction.View : AuditAction.Change);
        await recorder.RecordRefusalAsync(recorder.SourceOf(http, caller), Entry(kind, action, denied ? AuditOutcome.Denied : AuditOutcome.Failed));
    }

    private AuditAction? Acting => said ?? audited?.Action;

    private AuditEntry Entry(AuditEvent kind, AuditAction action, AuditOutcome outcome)
    {
        var named = endpoint?.RoutePattern.Parameters is [var first, ..] ? first.Name : null;
        var key = http.Features.Get<Call>()?.Key.Id;
        return new AuditEntry(recorder.WorkspaceOf(caller), kind, action, outcome)
        {
            Actor = caller?.Actor.Id,
            KeyId = caller?.KeyId,
            IpAddress = recorder.AddressOf(http),
            UserAgent = http.Request.Headers.UserAgent is { Count: > 0 } agent ? agent.ToString() : null,
            ResourceType = audited?.Resource ?? (named is null ? "workspace" : named.EndsWith(IdEnding, StringComparison.Ordinal) ? named[..^IdEnding.Length] : named),
            ResourceId = named is null ? MadeId() : http.Request.RouteValues[named]?.ToString(),
            Route = $"{http.Request.Method} {endpoint?.RoutePattern.RawText}",
            CommandId = string.IsNullOrEmpty(key) ? null : key,
            TraceId = ProblemResult.TraceOf(http),
            Details = details,
        };
    }

    /// <summary>The end of the address under which the answer says that something new is.</summary>
    private string? MadeId() => http.Response.Headers.Location.ToString() is { Length: > 0 } location ? location[(location.LastIndexOf('/') + 1)..] : null;
}
