using System.Collections.Immutable;
using Planning.Domain.Plans;

namespace Planning.Domain.Rulebooks;

/// <summary>Named change freezes in a zone of the IANA database.</summary>
public sealed record ChangeCalendar(string Name, string ZoneId, ImmutableArray<ChangeFreeze> Freezes)
{
    /// <summary>Whether this machine's time zone data has the zone, under its IANA name.</summary>
    public static bool IsZone(string zoneId) => TimeZoneInfo.TryFindSystemTimeZoneById(zoneId, out var zone) && zone.HasIanaId;

    /// <summary>The freeze that holds at an instant: the zone's clocks then show one of its days. Null when none does.</summary>
    public ChangeFreeze? FreezeAt(DateTimeOffset instant)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(ZoneId)).DateTime);
        return Freezes.FirstOrDefault(f => f.Covers(today));
    }

    /// <summary>The freezes that share a day with a window; a window's days are those of the calendar's zone.</summary>
    public ImmutableArray<ChangeFreeze> Overlapping(PlanWindow window) => [.. Freezes.Where(f => f.From <= window.End && window.Start <= f.To)];
}

/// <summary>A span of local days, both included, in which no plan begins execution that a rule keeps out of freezes.</summary>
public sealed record ChangeFreeze(string Name, DateOnly From, DateOnly To)
{
    public bool Covers(DateOnly day) => From <= day && day <= To;
}
