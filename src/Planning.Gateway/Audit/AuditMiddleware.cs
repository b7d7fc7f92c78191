using Microsoft.AspNetCore.Http;

namespace Planning.Gateway.Audit;

/// <summary>Outside of everything that can refuse: whatever happens to a request, there is somebody to record it.</summary>
internal sealed class AuditMiddleware(RequestDelegate next, AuditRecorder recorder)
{
    public Task InvokeAsync(HttpContext http)
    {
        http.Features.Set(new RequestAudit(http, recorder));
        return next(http);
    }
}
