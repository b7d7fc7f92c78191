using Planning.Domain;

namespace Planning.Engine.Notifications;

/// <summary>Where notifications go.</summary>
/// <param name="Id"><c>tgt_…</c>.</param>
/// <param name="Address">A mail address, or the https address of a hook.</param>
/// <param name="Secret">Signs what a generic webhook gets; null for the other channels.</param>
public sealed record ChannelTarget(string Id, ChannelKind Kind, string Address, string? Secret = null);

/// <summary>One thing that somebody is told.</summary>
/// <param name="MessageId">The same however often it is sent: receivers drop what they have seen.</param>
/// <param name="Topic">What it is about, a refresh or an environment; of one topic each target gets one after the other.</param>
/// <param name="EventType">SCREAMING_SNAKE, as in the log.</param>
/// <param name="Subject">One line.</param>
/// <param name="Text">Plain text, a few lines.</param>
/// <param name="Payload">What a generic webhook gets: UTF-8 JSON, versioned.</param>
public sealed record Notification(
    string MessageId, WorkspaceId Workspace, string Topic, string EventType, DateTimeOffset OccurredAt, string Subject, string Text, ReadOnlyMemory<byte> Payload);

/// <summary>What became of one sending.</summary>
public abstract record Delivery
{
    private Delivery() { }

    /// <summary>The receiver has it.</summary>
    public sealed record Done : Delivery;

    /// <summary>Not now: no connection, no answer in time, the receiver is overloaded or broken.</summary>
    /// <param name="After">How long the receiver asked to be left alone.</param>
    public sealed record Failed(string Reason, TimeSpan? After = null) : Delivery;

    /// <summary>Never: the receiver refuses this message, or the address may not be sent to. Sending it again would not help.</summary>
    public sealed record Refused(string Reason) : Delivery;
}
