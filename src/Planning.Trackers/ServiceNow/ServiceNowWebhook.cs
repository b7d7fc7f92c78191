using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Planning.Engine.Trackers;

namespace Planning.Trackers.ServiceNow;

/// <summary>
/// What the business rule of docs/trackers.md sends: <c>{"changes": ["state", "approval"], "record": {…}}</c>, signed like our own webhooks:
/// <c>Planning-Signature: t=UNIX-SECONDS,v1=HEX</c>, HMAC-SHA256 over <c>t.body</c>. Ordered by the record's count of changes.
/// </summary>
internal sealed class ServiceNowWebhook(TrackerOptions options)
{
    internal const string SignatureHeader = "Planning-Signature";

    /// <summary>An approval says more than the state that follows from it.</summary>
    private static readonly string[] Telling = ["approval", "state"];

    public TrackerReading Read(TrackerDelivery delivery, DateTimeOffset now)
    {
        if (delivery.Header(SignatureHeader) is not { Length: > 0 } header)
            return new TrackerReading.Refused(TrackerFaults.Unsigned(SignatureHeader));
        if (!IsSigned(header, delivery.Body.Span, out var sentAt))
            return new TrackerReading.Refused(TrackerFaults.WrongSignature(SignatureHeader));
        if (MessageChecks.RefuseStale(sentAt, options.MaxMessageAge, now) is { } stale)
            return new TrackerReading.Refused(stale);
        return MessageChecks.ParseObject(delivery.Body) is { } message ? Read(message) : Malformed("its body is no JSON object.");
    }

    private TrackerReading Read(JsonElement message)
    {
        if (message.Get("changes") is not { ValueKind: JsonValueKind.Array } list)
            return Malformed("'changes' is no list of fields.");
        var record = new ServiceNowRecord(message.Get("record"));
        if (record.AsItem is not { } item)
            return Malformed("'record' has no sys_id.");
        if (record["sys_class_name"] is { } table && table != options.Project)
            return new TrackerReading.Ignored($"{item.Name} is in the table {table}.");
        var changed = list.EnumerateArray().Select(c => c.Text()).ToHashSet();
        if (!Telling.Any(changed.Contains))
            return new TrackerReading.Ignored($"Neither approval nor state of {item.Name} has changed.");
        if (!long.TryParse(record["sys_mod_count"], NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            return Malformed("'sys_mod_count' of the record is no number.");
        if (record["sys_updated_by"] is not { } account)
            return Malformed("'sys_updated_by' of the record names nobody.");
        return new TrackerReading.Heard(Signal(item, count, record, account, [.. Telling.Where(changed.Contains)]));
    }

    private TrackerSignal Signal(TrackedItem item, long count, ServiceNowRecord record, string account, IReadOnlyList<string> changed)
    {
        var delivery = string.Create(CultureInfo.InvariantCulture, $"{item.Id}-{count}");
        if (account == options.OwnAccount)
            return new TrackerSignal(delivery, item.Id, count, Wish: null, account, By: null, $"{item.Name} was changed by ourselves.");
        foreach (var field in changed)
        {
            if (WishOf($"{field}={record[field]}") is not { } wish)
                continue;
            var told = $"{item.Name} was set to {field} {record[field]} in the tracker {options.Id}.";
            return new TrackerSignal(delivery, item.Id, count, wish, account, options.PersonOf(account), record["comments"] is { } comment ? $"{told} {comment}" : told);
        }
        return new TrackerSignal(delivery, item.Id, count, Wish: null, account, By: null, $"What was done to {item.Name} means nothing here.");
    }

    private TrackerWish? WishOf(string change)
    {
        foreach (var (name, wish) in options.WishMapping)
        {
            if (name.Equals(change, StringComparison.OrdinalIgnoreCase))
                return wish;
        }
        return null;
    }

    private bool IsSigned(string header, ReadOnlySpan<byte> body, out DateTimeOffset sentAt)
    {
        sentAt = default;
        var parts = header.Split(',', StringSplitOptions.TrimEntries);
        if (parts.FirstOrDefault(p => p.StartsWith("t=", StringComparison.Ordinal)) is not { } time
            || !long.TryParse(time.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > 253_402_300_799)
            return false;
        sentAt = DateTimeOffset.FromUnixTimeSeconds(seconds);
        var signed = new ArrayBufferWriter<byte>(body.Length + 24);
        signed.Write(Encoding.ASCII.GetBytes(time[2..] + "."));
        signed.Write(body);
        foreach (var part in parts)
        {
            if (part.StartsWith("v1=", StringComparison.Ordinal) && MessageChecks.IsSigned(options.WebhookSecrets, signed.WrittenSpan, part.AsSpan(3)))
                return true;
        }
        return false;
    }

    private static TrackerReading.Refused Malformed(string what) => new(TrackerFaults.Malformed(what));
}
