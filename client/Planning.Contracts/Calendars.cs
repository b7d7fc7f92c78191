namespace Planning.Contracts;

/// <param name="Kind">booking, refresh, freeze or maintenance.</param>
/// <param name="EnvironmentId">A freeze has none: it holds for all.</param>
/// <param name="Environment">Its name, where the caller sees the environment itself.</param>
/// <param name="Type">The mode of a booking, the type of a refresh, the calendar of a freeze.</param>
/// <param name="Status">Of a refresh.</param>
/// <param name="By">Who booked or requested it.</param>
/// <param name="Text">Purpose or release, reason, or the freeze's name.</param>
public sealed record CalendarItem(
    string Id, string Kind, DateTimeOffset From, DateTimeOffset To, string? EnvironmentId = null, string? Environment = null, string? Type = null, string? Status = null,
    string? By = null, string? Text = null);

/// <param name="Zone">Of the IANA database, such as Europe/Berlin; times are written in its local time.</param>
/// <param name="EnvironmentId">Without one, the feed has everything that the caller's groups see.</param>
public sealed record CreateFeedRequest(string Zone, string? EnvironmentId = null);

/// <param name="Groups">Those that the caller had when it was made: what they see, it shows.</param>
public sealed record FeedView(string Id, string Zone, IReadOnlyList<string> Groups, DateTimeOffset CreatedAt, string? EnvironmentId = null);

/// <param name="Path">Below the server's address; shown this once. Whoever has it sees the calendar.</param>
public sealed record CreatedFeedView(FeedView Feed, string Path);

public sealed record FeedList(IReadOnlyList<FeedView> Items);
