using System.Collections.Immutable;
using Planning.Artifacts.Documents;
using Planning.Domain.Rulebooks;

namespace Planning.Engine.Rulebooks;

/// <summary>Reads <c>calendars.yaml</c>.</summary>
internal static class CalendarsReader
{
    public static ImmutableArray<ChangeCalendar> Read(RulebookFile file) =>
        [.. RulebookFile.Entries(file.Root?["calendars"]).Select(e => ReadCalendar(file, e.Key, e.Value)).OfType<ChangeCalendar>()];

    private static ChangeCalendar? ReadCalendar(RulebookFile file, string name, DocumentNode node)
    {
        var freezes = ImmutableArray.CreateBuilder<ChangeFreeze>();
        foreach (var item in node["freezes"]?.Elements ?? default)
        {
            if (ReadFreeze(file, item) is not { } freeze)
                continue;
            if (freezes.Any(f => f.Name == freeze.Name))
                file.Report(item["name"]!.Value, RulebookRules.DuplicateName, $"The calendar {name} has a freeze {freeze.Name} already.", "Give each a name of its own.");
            else
                freezes.Add(freeze);
        }
        if (node["zone"]?.AsString is not { } zone)
            return null;
        if (!ChangeCalendar.IsZone(zone))
            file.Report(node["zone"]!.Value, RulebookRules.UnknownZone, $"There is no time zone {zone}.", "Write a zone of the IANA database, such as Europe/Zurich or Etc/UTC.");
        return new ChangeCalendar(name, zone, freezes.ToImmutable());
    }

    private static ChangeFreeze? ReadFreeze(RulebookFile file, DocumentNode node)
    {
        var from = file.Day(node["from"]);
        var to = file.Day(node["to"]);
        if (node["name"]?.AsString is not { } name || from is null || to is null)
            return null;
        if (to < from)
            file.Report(
                node["to"]!.Value, RulebookRules.FreezeEndsEarly, $"The freeze {name} ends on {to:yyyy-MM-dd}, before it starts on {from:yyyy-MM-dd}.",
                "Let it end on or after the day it starts; both days are part of it.");
        return new ChangeFreeze(name, from.Value, to.Value);
    }
}
