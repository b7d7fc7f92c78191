using Planning.Artifacts;
using Planning.Domain.Rulebooks;
using Planning.Engine.Gates.Tasks;

namespace Planning.Engine.Gates.Validators;

/// <summary>
/// Tasks start after what they depend on, the plan's window is near enough and outside of change freezes, and the
/// environments that it has booked are there, with what it needs in them. Says which tasks decide when the plan ends.
/// </summary>
public sealed partial class TimelineValidator : IValidator
{
    public const string UnreadableRule = "timeline.unreadable";
    public const string UnknownZoneRule = "timeline.unknown_zone";

    private static readonly ValidatorParameter HorizonDays = new("horizon_days", ParameterType.Whole, "90", Min: 1, Max: 36_500)
    {
        Meaning = "days from the run to the last day of the plan's window, at most",
    };

    private static readonly ValidatorParameter Calendars = new("calendars", ParameterType.Names, """["*"]""")
    {
        Meaning = "names of the calendars whose freezes count; `*` stands for all",
    };

    private static readonly ValidatorParameter Freezes = new("freezes", ParameterType.Text, "\"error\"", Choices: ["error", "warning", "off"])
    {
        Meaning = "what a change freeze within the window is",
    };

    private static readonly ValidatorParameter Zone = new("zone", ParameterType.Text, "\"Etc/UTC\"")
    {
        Meaning = "the zone of the IANA database in which the plan's days are counted",
    };

    public string Type => "timeline";
    public string Version => "3";
    public IReadOnlyList<ValidatorParameter> Parameters { get; } = [HorizonDays, Calendars, Freezes, Holidays.Parameter, Zone];

    /// <summary>Of a plan in UTC; another zone's day begins at another time.</summary>
    public string? CacheScope(GateInput input) => Scope(input, TimeZoneInfo.Utc);

    public string? CacheScope(GateInput input, ValidatorDefinition definition) => Scope(input, PlanZone.Find(Zone.TextOf(definition)) ?? TimeZoneInfo.Utc);

    public async ValueTask<IReadOnlyList<Finding>> ValidateAsync(GateInput input, ValidatorDefinition definition, CancellationToken cancellation)
    {
        var reading = BacklogReading.Of(input.Artifacts, UnreadableRule, "id", "dependencies", "start", "end", "duration_days", "duration_calendar", "plan");
        var findings = new List<Finding>(reading.Findings);
        var zone = PlanZone.Find(Zone.TextOf(definition));
        if (zone is null)
            findings.Add(UnknownZone(Zone.TextOf(definition)));
        var holidays = Holidays.Parameter.NamesOf(definition);
        var window = WindowOfPlan.Of(input, reading);
        findings.AddRange(WindowChecks.Horizon(window, PlanZone.DayOf(input.At, zone), HorizonDays.WholeOf(definition)));
        findings.AddRange(WindowChecks.Freezes(window, input.Rules, Calendars.NamesOf(definition), holidays, Freezes.TextOf(definition)));
        findings.AddRange(EnvironmentChecks.Of(window, input.Bookings, [.. input.Rules.Calendars.Where(c => !holidays.Contains(c.Name))], zone));
        findings.AddRange(Holidays.Unknown(input.Rules, holidays));
        if (reading.Tasks is not { } tasks)
            return findings;
        var graph = await TaskGraph.BuildAsync(input.Plan.Id, tasks, input.Workspace, cancellation);
        var components = Components.Of(graph);
        var workDays = WorkDays.Of(input.Rules, holidays);
        var schedule = new Schedule(graph, components, workDays, window?.Start);
        findings.AddRange(ScheduleChecks.Of(graph, schedule, workDays, window));
        if (Slack.Of(graph, components, schedule, workDays) is { } slack)
            findings.Add(CriticalPath.Finding(graph, schedule, slack, workDays, window));
        return findings;
    }

    private static string Scope(GateInput input, TimeZoneInfo zone) =>
        $"{input.Plan.Id} {input.Plan.GivenWindow?.Start:O} {input.Plan.GivenWindow?.End:O} {PlanZone.DayOf(input.At, zone):O} {input.Rules.Hash} "
        + string.Join(' ', input.Bookings.Select(b => $"{b.Entry.Id}@{b.TreeVersion}"));

    private static Finding UnknownZone(string name) => Place.Whole(
        "gates.yaml", UnknownZoneRule, Severity.Error, $"There is no time zone '{name}', so the plan's days were counted in Etc/UTC.",
        "Name one of the IANA database under 'zone', such as Europe/Zurich.");
}
