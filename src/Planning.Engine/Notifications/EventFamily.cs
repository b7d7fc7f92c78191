namespace Planning.Engine.Notifications;

/// <summary>How events are named in subscriptions: a type, or the beginning of types and a star.</summary>
public static class EventFamily
{
    private const char Star = '*';

    public static bool Contains(string family, string eventType) =>
        family.EndsWith(Star) ? eventType.AsSpan().StartsWith(family.AsSpan(0, family.Length - 1), StringComparison.Ordinal) : family == eventType;
}
