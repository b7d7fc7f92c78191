namespace Planning.Trackers.ServiceNow;

/// <summary>ServiceNow shows what stands between <c>[code]</c> and <c>[/code]</c> of a note as HTML: what people wrote must not become any.</summary>
internal static class ServiceNowText
{
    public static string Plain(string text) => text
        .Replace("[code]", "[ code]", StringComparison.OrdinalIgnoreCase)
        .Replace("[/code]", "[ /code]", StringComparison.OrdinalIgnoreCase);
}
