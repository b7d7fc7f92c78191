namespace Planning.Domain.Environments;

/// <summary>Instants of local times in a zone of the IANA database.</summary>
public static class Zones
{
    public static TimeZoneInfo Of(string zoneId) => TimeZoneInfo.FindSystemTimeZoneById(zoneId);

    /// <summary>The first instant at which the zone's clocks show a local time, or have jumped over it.</summary>
    public static DateTimeOffset Instant(DateTime local, TimeZoneInfo zone)
    {
        while (zone.IsInvalidTime(local))
            local = local.AddMinutes(1);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
