using System.Collections.Concurrent;
using Planning.Domain;
using Planning.Engine.Calendars;

namespace Planning.Engine.InMemory;

/// <summary>Calendar feeds.</summary>
public sealed partial class InMemoryDirectory
{
    private readonly ConcurrentDictionary<(WorkspaceId, string), CalendarFeed> feeds = new();

    public ValueTask<bool> HoldsApiKeyAsync(WorkspaceId workspace, PersonId holder, DateTimeOffset at, CancellationToken cancellation) =>
        new(apiKeys.Values.Any(k => k.Workspace == workspace && k.Holder == holder && k.RevokedAt is null && !(k.ExpiresAt <= at)));

    public ValueTask AddFeedAsync(CalendarFeed feed, CancellationToken cancellation)
    {
        feeds[(feed.Workspace, feed.Id)] = feed;
        return ValueTask.CompletedTask;
    }

    public ValueTask<CalendarFeed?> FindFeedAsync(ReadOnlyMemory<byte> secretHash, CancellationToken cancellation) =>
        new(feeds.Values.FirstOrDefault(f => f.SecretHash.Span.SequenceEqual(secretHash.Span)));

    public ValueTask<IReadOnlyList<CalendarFeed>> ListFeedsAsync(WorkspaceId workspace, PersonId person, CancellationToken cancellation) =>
        new([
            .. feeds.Values.Where(f => f.Workspace == workspace && f.Person == person && f.RevokedAt is null)
                .OrderBy(f => f.CreatedAt).ThenBy(f => f.Id, StringComparer.Ordinal),
        ]);

    public ValueTask<bool> RevokeFeedAsync(WorkspaceId workspace, PersonId person, string feedId, DateTimeOffset at, CancellationToken cancellation) =>
        new(feeds.TryGetValue((workspace, feedId), out var feed) && feed.Person == person && feed.RevokedAt is null
            && feeds.TryUpdate((workspace, feedId), feed with { RevokedAt = at }, feed));
}
