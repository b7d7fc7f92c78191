using Planning.Artifacts;
using Planning.Domain.Rulebooks;

namespace Planning.Engine.Gates.Validators;

/// <summary>Calendars of the rulebook whose days nobody works; what validators that count working days take as a parameter.</summary>
internal static class Holidays
{
    public static readonly ValidatorParameter Parameter = new("holidays", ParameterType.Names, "[]")
    {
        Meaning = "names of the calendars whose days nobody works; they freeze nothing unless `calendars` of `timeline` names them",
    };

    public static IEnumerable<Finding> Unknown(Rulebook rules, IEnumerable<string> names) => names
        .Where(name => rules.Calendars.All(c => c.Name != name))
        .Select(name => Place.Whole(
            "gates.yaml", WindowChecks.UnknownCalendarRule, Severity.Error, $"The rulebook has no calendar '{name}'.", "Correct the name under 'holidays', or add the calendar to calendars.yaml."));
}
