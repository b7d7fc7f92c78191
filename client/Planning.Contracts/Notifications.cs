namespace Planning.Contracts;

/// <param name="Name">For people; 1 to 200 characters.</param>
/// <param name="Group">Whose members manage it, and through whose eyes it sees; the caller is in it, or an admin.</param>
/// <param name="Channel">email, slack, teams or webhook.</param>
/// <param name="Address">A mail address, or the https address of a hook.</param>
public sealed record CreateNotificationTargetRequest(string Name, string Group, string Channel, string Address);

/// <param name="Channel">email, slack, teams or webhook.</param>
/// <param name="Address">Of a hook the server's name alone: whoever knows the whole address could send to it.</param>
/// <param name="State">closed while it takes what it is sent, open while it takes nothing and messages wait.</param>
/// <param name="OutageSince">Since when it is open.</param>
/// <param name="LastError">Of the last try in this outage.</param>
public sealed record NotificationTargetView(
    string Id, string Group, string Name, string Channel, string Address, string State, DateTimeOffset CreatedAt, DateTimeOffset? OutageSince = null, string? LastError = null);

/// <param name="Secret">Signs what a webhook gets; shown this once. Other channels have none.</param>
public sealed record CreatedNotificationTargetView(NotificationTargetView Target, string? Secret = null);

public sealed record NotificationTargetList(IReadOnlyList<NotificationTargetView> Items);

/// <summary>All conditions must hold; what happens before the subscription is made is not told.</summary>
/// <param name="Events">Types such as BOOKING_MADE, and families such as BOOKING_*.</param>
/// <param name="Environments">Only these and everything below them; without any, all that the target's group may see.</param>
/// <param name="Groups">Only environments that one of these groups owns or uses.</param>
public sealed record SubscribeRequest(string TargetId, IReadOnlyList<string> Events, IReadOnlyList<string>? Environments = null, IReadOnlyList<string>? Groups = null);

/// <param name="Group">Of its target.</param>
public sealed record SubscriptionView(
    string Id, string TargetId, string Group, IReadOnlyList<string> Events, DateTimeOffset CreatedAt, IReadOnlyList<string>? Environments = null, IReadOnlyList<string>? Groups = null);

public sealed record SubscriptionList(IReadOnlyList<SubscriptionView> Items);

/// <summary>A message that its target does not have yet.</summary>
/// <param name="MessageId">The same however often it is sent.</param>
/// <param name="Topic">Of one topic the target gets one after the other.</param>
/// <param name="Status">waiting or parked.</param>
/// <param name="DueAt">It is not sent before.</param>
/// <param name="Attempts">Tries that failed while the target took others.</param>
/// <param name="FailingSince">When it failed first.</param>
public sealed record DeliveryView(
    string MessageId, string TargetId, string EventId, string EventType, string Topic, string Subject, string Status, DateTimeOffset OccurredAt, DateTimeOffset DueAt, int Attempts,
    DateTimeOffset? FailingSince = null, string? LastError = null);
