using Planning.Domain.Rulebooks;

namespace Planning.Engine.Gates.Tasks;

/// <summary>The zone in which a plan counts its days: when a day begins there.</summary>
internal static class PlanZone
{
    /// <summary>Null when there is no such zone of the IANA database.</summary>
    public static TimeZoneInfo? Find(string id) => ChangeCalendar.IsZone(id) ? TimeZoneInfo.FindSystemTimeZoneById(id) : null;

    /// <param name="zone">UTC when null.</param>
    public static DateOnly DayOf(DateTimeOffset at, TimeZoneInfo? zone) =>
        DateOnly.FromDateTime(zone is null ? at.UtcDateTime : TimeZoneInfo.ConvertTime(at, zone).DateTime);
}
