using System.Collections.Frozen;
using Planning.Domain;

namespace Planning.Engine.Notifications;

/// <summary>Everything that is told: the one place where a new source is entered.</summary>
public static class NotificationSources
{
    private static readonly FrozenDictionary<EntityKind, INotificationSource> ByKind =
        new INotificationSource[] { new EnvironmentSource(), new RefreshSource() }.ToFrozenDictionary(source => source.Kind);

    /// <summary>Names of all events that can be subscribed to.</summary>
    public static IReadOnlyList<string> EventTypes { get; } = [.. ByKind.Values.SelectMany(source => source.EventTypes).Order(StringComparer.Ordinal)];

    public static INotificationSource? Of(EntityKind kind) => ByKind.GetValueOrDefault(kind);
}
