using System.Globalization;
using System.Text.Json;
using Planning.Domain;
using Planning.Engine;
using Planning.Engine.Trackers;

namespace Planning.Trackers.Jira;

/// <summary>
/// Jira's messages: signed with <c>X-Hub-Signature: sha256=…</c> over the body, ordered by their time. Only a change of an issue's status
/// can mean something here; who made it is the account id on Cloud, the user's name elsewhere.
/// </summary>
internal sealed class JiraWebhook(TrackerOptions options)
{
    internal const string SignatureHeader = "X-Hub-Signature";
    private const string Method = "sha256=";

    public TrackerReading Read(TrackerDelivery delivery, DateTimeOffset now)
    {
        if (delivery.Header(SignatureHeader) is not { Length: > 0 } signature)
            return new TrackerReading.Refused(TrackerFaults.Unsigned(SignatureHeader));
        if (!signature.StartsWith(Method, StringComparison.Ordinal) || !MessageChecks.IsSigned(options.WebhookSecrets, delivery.Body.Span, signature.AsSpan(Method.Length)))
            return new TrackerReading.Refused(TrackerFaults.WrongSignature(SignatureHeader));
        if (MessageChecks.ParseObject(delivery.Body) is not { } message)
            return Malformed("its body is no JSON object.");
        if (!(message.Get("timestamp") is { ValueKind: JsonValueKind.Number } timestamp && timestamp.TryGetInt64(out var milliseconds) && milliseconds is > 0 and < 253_402_300_800_000))
            return Malformed("'timestamp' is no time in milliseconds.");
        return MessageChecks.RefuseStale(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), options.MaxMessageAge, now) is { } stale
            ? new TrackerReading.Refused(stale)
            : Read(message, milliseconds, delivery);
    }

    private TrackerReading Read(JsonElement message, long milliseconds, TrackerDelivery delivery)
    {
        var happened = message.Get("webhookEvent").Text();
        if (happened != "jira:issue_updated")
            return new TrackerReading.Ignored($"'{happened}' means nothing for a refresh.");
        var issue = message.Get("issue");
        if (JiraTracker.ItemOf(issue) is not { } item)
            return Malformed("'issue' has no id.");
        if (issue.Get("fields").Get("project").Get("key").Text() is { } project && project != options.Project)
            return new TrackerReading.Ignored($"{item.Name} is of the project {project}.");
        if (NewStatus(message.Get("changelog")) is not { } status)
            return new TrackerReading.Ignored($"The status of {item.Name} has not changed.");
        if (AccountOf(message.Get("user")) is not { } account)
            return Malformed("'user' names nobody.");

        var change = message.Get("changelog").Get("id").Text() is { } id ? $"changelog-{id}" : string.Create(CultureInfo.InvariantCulture, $"body-{Ids.HashOf(delivery.Body.Span):x16}");
        return new TrackerReading.Heard(Signal(change, item, milliseconds, status, account, message.Get("comment").Get("body").Text()));
    }

    private TrackerSignal Signal(string change, TrackedItem item, long revision, string status, string account, string? comment)
    {
        if (account == options.OwnAccount)
            return new TrackerSignal(change, item.Id, revision, Wish: null, account, By: null, $"{item.Name} was set to '{status}' by ourselves.");
        var told = $"{item.Name} was set to '{status}' in the tracker {options.Id}.";
        return WishOf(status) is { } wish
            ? new TrackerSignal(change, item.Id, revision, wish, account, options.PersonOf(account), comment is null ? told : $"{told} {comment}")
            : new TrackerSignal(change, item.Id, revision, Wish: null, account, By: null, $"{told} That means nothing here.");
    }

    private TrackerWish? WishOf(string status)
    {
        foreach (var (name, wish) in options.WishMapping)
        {
            if (name.Equals(status, StringComparison.OrdinalIgnoreCase))
                return wish;
        }
        return null;
    }

    private string? AccountOf(JsonElement user) =>
        options.Kind == TrackerKind.JiraCloud ? user.Get("accountId").Text() : user.Get("name").Text();

    /// <summary>The last change of the status in the list; null when it has none.</summary>
    private static string? NewStatus(JsonElement changelog) =>
        changelog.Get("items") is { ValueKind: JsonValueKind.Array } items
            ? items.EnumerateArray().Where(i => string.Equals(i.Get("field").Text(), "status", StringComparison.OrdinalIgnoreCase)).Select(i => i.Get("toString").Text()).LastOrDefault()
            : null;

    private static TrackerReading.Refused Malformed(string what) => new(TrackerFaults.Malformed(what));
}
