using System.Text.Json.Nodes;
using Planning.Domain;
using Planning.Engine.Log;

namespace Planning.Engine.Notifications;

/// <summary>What is told about one kind of entity: a small class for each.</summary>
public interface INotificationSource
{
    EntityKind Kind { get; }

    /// <summary>Names of the events that are told, as in the log.</summary>
    IReadOnlySet<string> EventTypes { get; }

    /// <param name="happened">The stored event, decoded.</param>
    /// <param name="before">The entity's state before it; null for its first.</param>
    /// <param name="after">And after it.</param>
    /// <returns>Null where there is nothing to tell after all.</returns>
    Telling? Tell(StoredEvent stored, object happened, object? before, object after);
}

/// <summary>What is said of an event, whoever it is said to.</summary>
/// <param name="Topic">Of one topic each target is told one after the other.</param>
/// <param name="EnvironmentId">The environment concerned: its groups may know, and its name begins the subject.</param>
/// <param name="Summary">Goes on after the environment's name: <c>was booked …</c>.</param>
/// <param name="Details">For programs; nothing that the environment's groups may not see.</param>
/// <param name="AlsoTold">Groups that may know, too, whether or not the environment is theirs.</param>
public sealed record Telling(string Topic, EnvironmentId EnvironmentId, string Summary, JsonObject Details, IReadOnlySet<string>? AlsoTold = null);
