using System.Text.Json;
using System.Text.Json.Nodes;
using Planning.Domain;
using Planning.Domain.Refreshes;
using Planning.Engine.Trackers;

namespace Planning.Trackers.Jira;

/// <summary>
/// A refresh as a Jira issue, over REST API 2, which Cloud and Server share but for the search. The issue's mark is a label with the
/// refresh's id. Its status is moved by whichever transition leads to it.
/// </summary>
internal sealed class JiraTracker(TrackerOptions options, TrackerCalls calls) : ITracker
{
    private const string Instant = "yyyy-MM-dd'T'HH:mm:ss.fff'+0000'";
    private const string Issue = "rest/api/2/issue";

    private readonly JiraWebhook webhook = new(options);

    public TrackerId Id { get; } = new(options.Id);
    public WorkspaceId Workspace { get; } = new(options.Workspace);
    public TimeSpan Timeout => options.Timeout;

    public TrackerReading Read(TrackerDelivery delivery, DateTimeOffset now) => webhook.Read(delivery, now);

    public ValueTask<TrackerAnswer> FindAsync(RefreshId refresh, CancellationToken cancellation) => calls.WithinTimeAsync(async stop =>
    {
        var search = options.Kind == TrackerKind.JiraCloud ? "rest/api/2/search/jql" : "rest/api/2/search";
        var jql = Uri.EscapeDataString($"project = \"{options.Project}\" AND labels = \"{LabelOf(refresh)}\" ORDER BY created ASC");
        var found = await calls.GetAsync($"{search}?jql={jql}&fields=labels&maxResults=1", stop);
        if (found.Failed is { } failed)
            return failed;
        return found.Body.Get("issues") is { ValueKind: JsonValueKind.Array } issues
            ? new TrackerAnswer.Done(issues.EnumerateArray().Select(ItemOf).FirstOrDefault())
            : new TrackerAnswer.Refused("The search answers without 'issues'; is this a Jira?");
    }, cancellation);

    public ValueTask<TrackerAnswer> CreateAsync(TrackedRefresh refresh, CancellationToken cancellation) => calls.WithinTimeAsync(async stop =>
    {
        var fields = FieldsOf(refresh);
        fields["project"] = new JsonObject { ["key"] = options.Project };
        fields["issuetype"] = new JsonObject { ["name"] = options.ItemType ?? "Task" };
        fields["labels"] = new JsonArray(LabelOf(refresh.Id));
        var created = await calls.SendAsync(HttpMethod.Post, Issue, new JsonObject { ["fields"] = fields }, stop);
        return created.Failed ?? (ItemOf(created.Body) is { } item ? new TrackerAnswer.Done(item) : new TrackerAnswer.Unknown("The answer to a new issue names none."));
    }, cancellation);

    public ValueTask<TrackerAnswer> UpdateAsync(TrackedItem item, TrackedRefresh refresh, string? note, CancellationToken cancellation) => calls.WithinTimeAsync(async stop =>
    {
        var at = $"{Issue}/{Uri.EscapeDataString(item.Id)}";
        if ((await calls.SendAsync(HttpMethod.Put, at, new JsonObject { ["fields"] = FieldsOf(refresh) }, stop)).Failed is { } failed)
            return failed;
        var moved = options.StatusMapping.TryGetValue(refresh.Status, out var status) ? await MoveAsync(item, at, status, stop) : null;
        // A refusal of the status must not keep those who follow the issue from the reason why it is not what they made it.
        if (note is not null && moved is null or TrackerAnswer.Refused
            && (await calls.SendAsync(HttpMethod.Post, $"{at}/comment", new JsonObject { ["body"] = JiraText.Plain(note ?? "") }, stop)).Failed is { } unsaid)
            return unsaid;
        return moved ?? new TrackerAnswer.Done(item);
    }, cancellation);

    /// <returns>Null when it has the status now.</returns>
    private async ValueTask<TrackerAnswer?> MoveAsync(TrackedItem item, string at, string status, CancellationToken cancellation)
    {
        var present = await calls.GetAsync($"{at}?fields=status", cancellation);
        if (present.Failed is { } unread)
            return unread;
        var from = present.Body.Get("fields").Get("status").Get("name").Text();
        if (Same(from, status))
            return null;
        var transitions = await calls.GetAsync($"{at}/transitions", cancellation);
        if (transitions.Failed is { } unlisted)
            return unlisted;
        if (TransitionTo(transitions.Body, status) is not { } transition)
            return new TrackerAnswer.Refused($"{item.Name} has no transition from '{from}' to '{status}'. Add one to the workflow, or map our {OursOf(status)} to another status.");
        return (await calls.SendAsync(HttpMethod.Post, $"{at}/transitions", new JsonObject { ["transition"] = new JsonObject { ["id"] = transition } }, cancellation)).Failed;
    }

    internal static string? TransitionTo(JsonElement answer, string status) =>
        answer.Get("transitions") is { ValueKind: JsonValueKind.Array } transitions
            ? transitions.EnumerateArray().Where(t => Same(t.Get("to").Get("name").Text(), status)).Select(t => t.Get("id").Text()).FirstOrDefault()
            : null;

    internal static TrackedItem? ItemOf(JsonElement issue) =>
        issue.Get("id").Text() is { } id ? new TrackedItem(id, issue.Get("key").Text() ?? id) : null;

    private JsonObject FieldsOf(TrackedRefresh refresh) => new(
    [
        KeyValuePair.Create<string, JsonNode?>("summary", TrackedTexts.Title(refresh)),
        KeyValuePair.Create<string, JsonNode?>("description", TrackedTexts.Description(refresh, options, JiraText.Plain)),
        .. TrackedTexts.Fields(refresh, options, Instant),
    ]);

    private string OursOf(string status) =>
        string.Join(" and ", options.StatusMapping.Where(s => Same(s.Value, status)).Select(s => RefreshLifecycle.Wire(s.Key)));

    private static string LabelOf(RefreshId refresh) => $"planning-{refresh}";

    private static bool Same(string? one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
