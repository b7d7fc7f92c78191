using System.Text.Json;
using System.Text.Json.Nodes;
using Planning.Domain;
using Planning.Domain.Refreshes;
using Planning.Engine.Trackers;

namespace Planning.Trackers.ServiceNow;

/// <summary>
/// A refresh as a ServiceNow change request, over the Table API. The record's mark is its correlation id, which is there for just that.
/// </summary>
internal sealed class ServiceNowTracker(TrackerOptions options, TrackerCalls calls) : ITracker
{
    /// <summary>UTC, as the Table API takes it.</summary>
    private const string Instant = "yyyy-MM-dd HH:mm:ss";

    /// <summary>Who correlates; with the refresh's id it makes the mark.</summary>
    private const string Correlated = "planning";

    private readonly string table = $"api/now/table/{options.Project}";
    private readonly ServiceNowWebhook webhook = new(options);

    public TrackerId Id { get; } = new(options.Id);
    public WorkspaceId Workspace { get; } = new(options.Workspace);
    public TimeSpan Timeout => options.Timeout;

    public TrackerReading Read(TrackerDelivery delivery, DateTimeOffset now) => webhook.Read(delivery, now);

    public ValueTask<TrackerAnswer> FindAsync(RefreshId refresh, CancellationToken cancellation) => calls.WithinTimeAsync(async stop =>
    {
        var query = Uri.EscapeDataString($"correlation_id={refresh}^correlation_display={Correlated}^ORDERBYsys_created_on");
        var found = await calls.GetAsync($"{table}?sysparm_query={query}&sysparm_fields=sys_id,number,correlation_id&sysparm_limit=1", stop);
        if (found.Failed is { } failed)
            return failed;
        if (found.Body.Get("result") is not { ValueKind: JsonValueKind.Array } records)
            return new TrackerAnswer.Refused("The query answers without 'result'; is this a ServiceNow?");
        // A query that it does not understand is answered with whatever the table has.
        return new TrackerAnswer.Done(records.EnumerateArray().Select(r => new ServiceNowRecord(r)).Where(r => r["correlation_id"] == refresh.Value).Select(r => r.AsItem).FirstOrDefault());
    }, cancellation);

    public ValueTask<TrackerAnswer> CreateAsync(TrackedRefresh refresh, CancellationToken cancellation) => calls.WithinTimeAsync(async stop =>
    {
        var fields = FieldsOf(refresh);
        fields["correlation_id"] = refresh.Id.Value;
        fields["correlation_display"] = Correlated;
        if (options.ItemType is { } type)
            fields["type"] = type;
        var created = await calls.SendAsync(HttpMethod.Post, table, fields, stop);
        return created.Failed ?? (new ServiceNowRecord(created.Body).AsItem is { } item ? new TrackerAnswer.Done(item) : new TrackerAnswer.Unknown("The answer to a new record names none."));
    }, cancellation);

    public ValueTask<TrackerAnswer> UpdateAsync(TrackedItem item, TrackedRefresh refresh, string? note, CancellationToken cancellation) => calls.WithinTimeAsync(async stop =>
    {
        var at = $"{table}/{Uri.EscapeDataString(item.Id)}";
        var fields = FieldsOf(refresh);
        if (options.StatusMapping.TryGetValue(refresh.Status, out var state))
            fields["state"] = state;
        if (refresh.Status is RefreshStatus.Completed or RefreshStatus.RolledBack)
        {
            // It does not close a change without these.
            fields["close_code"] = refresh.Status == RefreshStatus.Completed ? "successful" : "unsuccessful";
            fields["close_notes"] = $"The refresh is {RefreshLifecycle.Wire(refresh.Status)}.";
        }
        if (note is not null)
            fields["work_notes"] = ServiceNowText.Plain(note);
        var updated = (await calls.SendAsync(HttpMethod.Patch, at, fields, stop)).Failed;
        // Where it refuses the state, those who follow the record must still be told why it is not what they made it.
        if (updated is TrackerAnswer.Refused && note is not null)
            return (await calls.SendAsync(HttpMethod.Patch, at, new JsonObject { ["work_notes"] = ServiceNowText.Plain(note) }, stop)).Failed ?? updated;
        return updated ?? new TrackerAnswer.Done(item);
    }, cancellation);

    private JsonObject FieldsOf(TrackedRefresh refresh) => new(
    [
        KeyValuePair.Create<string, JsonNode?>("short_description", TrackedTexts.Title(refresh)),
        KeyValuePair.Create<string, JsonNode?>("description", TrackedTexts.Description(refresh, options, ServiceNowText.Plain)),
        KeyValuePair.Create<string, JsonNode?>("start_date", TrackedTexts.Instant(refresh.Window.From, Instant)),
        KeyValuePair.Create<string, JsonNode?>("end_date", TrackedTexts.Instant(refresh.Window.To, Instant)),
        .. TrackedTexts.Fields(refresh, options, Instant),
    ]);
}
