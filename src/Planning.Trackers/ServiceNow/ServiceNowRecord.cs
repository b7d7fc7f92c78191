using System.Text.Json;
using Planning.Engine.Trackers;

namespace Planning.Trackers.ServiceNow;

/// <summary>
/// A record as ServiceNow gives it: each value plain, or as <c>{display_value, value}</c>, whole numbers with or without a fraction of zero,
/// the whole of it under <c>result</c> or not.
/// </summary>
internal readonly struct ServiceNowRecord(JsonElement given)
{
    private readonly JsonElement fields = given.Get("result") is { ValueKind: JsonValueKind.Object } result ? result : given;

    /// <summary>Null where it has none, and where it is empty.</summary>
    public string? this[string field] => fields.Get(field) is { ValueKind: JsonValueKind.Object } both ? both.Get("value").Text() : fields.Get(field).Text();

    public TrackedItem? AsItem => this["sys_id"] is { } id ? new TrackedItem(id, this["number"] ?? id) : null;
}
