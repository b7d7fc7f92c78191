using System.Globalization;
using Microsoft.AspNetCore.Http;
using Planning.Gateway.Errors;

namespace Planning.Gateway.Requests;

/// <summary>If-Match and Prefer.</summary>
internal static class Preconditions
{
    /// <summary>The version that the caller has seen; null where any will do.</summary>
    public static Parsed<long?> IfMatch(HttpRequest request)
    {
        var given = request.Headers.IfMatch;
        if (given.Count == 0)
            return new Parsed<long?>(null, null);
        var text = given.ToString().Trim();
        if (text == "*")
            return new Parsed<long?>(null, null);
        return text.Length > 2 && text[0] == '"' && text[^1] == '"' && long.TryParse(text.AsSpan(1, text.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? new Parsed<long?>(version, null)
            : Problems.BadRequest("if_match_invalid", "If-Match takes one ETag as it was given, such as \"7\", or *.");
    }

    /// <summary>Seconds of <c>Prefer: wait</c>, within bounds; null where the caller does not wait. Unknown preferences are passed over, as RFC 7240 has it.</summary>
    public static TimeSpan? Wait(HttpRequest request, TimeSpan max)
    {
        foreach (var header in request.Headers["Prefer"])
        {
            foreach (var preference in (header ?? "").Split(',', StringSplitOptions.TrimEntries))
            {
                var parts = preference.Split('=', 2, StringSplitOptions.TrimEntries);
                if (parts.Length == 2 && parts[0].Equals("wait", StringComparison.OrdinalIgnoreCase)
                    && int.TryParse(parts[1].Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
                    return TimeSpan.FromSeconds(Math.Min(seconds, max.TotalSeconds));
            }
        }
        return null;
    }
}
