using System.Net;

namespace Planning.Channels.Outbound;

/// <summary>Where a redirect leads, and whether one goes along.</summary>
internal static class Redirects
{
    public static bool IsOne(HttpStatusCode status) =>
        status is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    public static (OutboundAddress? Next, string? Problem) Follow(OutboundGuard guard, OutboundRequest request, OutboundAddress from, HttpResponseMessage response)
    {
        var host = from.Host.Name;
        if (!response.Headers.NonValidated.TryGetValues("Location", out var values) || values.Count != 1 || !Uri.TryCreate(from.Uri, values.ToString(), out var location))
            return (null, $"{host} redirects and does not say where to.");

        var (next, problem) = guard.Check(location.AbsoluteUri);
        if (next is not null && !next.HasOriginOf(from))
            (next, problem) = guard.Check(location.AbsoluteUri, redirected: true);
        if (next is null)
            return (null, $"{host} redirects to where nothing may be sent: {problem}");
        if (request.IsRead)
            return (next, null);
        // What is told to one receiver is not told to another, and a message that turns into a question is lost.
        if (!next.HasOriginOf(from))
            return (null, $"{host} redirects to {next.Host.Name}, port {next.Port}. Register that address itself.");
        return response.StatusCode is HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect
            ? (next, null)
            : (null, $"{host} redirects with {(int)response.StatusCode}, which drops the message. It should answer, or redirect with 307 or 308.");
    }
}
