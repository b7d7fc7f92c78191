using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Planning.Domain;
using Planning.Domain.Refreshes;
using Planning.Engine.Trackers;

namespace Planning.Trackers;

/// <summary>The sentences and values in which an item shows a refresh; only their form differs from tracker to tracker.</summary>
internal static class TrackedTexts
{
    /// <summary>One line; both kinds of tracker allow 255 characters or less.</summary>
    private const int MaxTitle = 160;

    public static string Title(TrackedRefresh refresh)
    {
        var title = $"Refresh of {refresh.Environment}: {refresh.Type}, {refresh.Window}".ReplaceLineEndings(" ");
        return title.Length > MaxTitle ? title[..MaxTitle] : title;
    }

    /// <param name="plain">Makes a text of ours one that the tracker shows as it is.</param>
    public static string Description(TrackedRefresh refresh, TrackerOptions options, Func<string, string> plain) => string.Join(
        '\n',
        [
            $"Environment: {plain(refresh.Environment)}{(refresh.WithChildren ? " and everything below it" : "")}",
            $"What is done: {plain(refresh.Type)}",
            $"When: {refresh.Window}",
            $"Status: {plain(RefreshLifecycle.Wire(refresh.Status))}",
            $"It destroys: {plain(Destroys(refresh.Destroys))}",
            $"Reason: {plain(refresh.Reason)}",
            $"Requested by: {plain(refresh.RequestedBy.Value)}",
            .. options.LinkTo is { } link ? new[] { link.Replace("{id}", refresh.Id.Value, StringComparison.Ordinal) } : [],
            "",
            "Title and text are kept as the refresh is; what is changed in them here is overwritten.",
        ]);

    /// <summary>The values of the fields that the settings name.</summary>
    /// <param name="instant">How the tracker writes a time.</param>
    public static IEnumerable<KeyValuePair<string, JsonNode?>> Fields(TrackedRefresh refresh, TrackerOptions options, string instant) =>
        options.Fields.Select(field => KeyValuePair.Create<string, JsonNode?>(field.Value, Value(refresh, field.Key, instant)));

    public static string Instant(DateTimeOffset at, string form) => at.UtcDateTime.ToString(form, CultureInfo.InvariantCulture);

    private static string Value(TrackedRefresh refresh, TrackedField field, string instant) => field switch
    {
        TrackedField.RefreshId => refresh.Id.Value,
        TrackedField.Environment => refresh.Environment,
        TrackedField.Type => refresh.Type,
        TrackedField.Status => RefreshLifecycle.Wire(refresh.Status),
        TrackedField.WindowStart => Instant(refresh.Window.From, instant),
        TrackedField.WindowEnd => Instant(refresh.Window.To, instant),
        TrackedField.Destroys => Destroys(refresh.Destroys),
        TrackedField.Reason => refresh.Reason,
        _ => throw new System.Diagnostics.UnreachableException($"There is no field {field}."),
    };

    private static string Destroys(ImmutableSortedSet<Asset> assets) => string.Join(", ", assets.Select(asset => Snake.Case(asset.ToString())));
}
