using System.Globalization;
using Planning.Artifacts;
using Planning.Artifacts.Capacity;
using Planning.Engine.Gates.Tasks;

namespace Planning.Engine.Gates.Validators;

/// <summary>Effort against capacity, over the plan's window and week by week: of each person, of each team, and of all.</summary>
internal sealed class Workload
{
    public const string OverloadedMemberRule = "resource_capacity.overloaded_member";
    public const string OverloadedTeamRule = "resource_capacity.overloaded_team";
    public const string OverloadedWeekRule = "resource_capacity.overloaded_week";

    public const string AbsentRule = "resource_capacity.absent";

    /// <summary>Weeks of one person or team that are findings; the last one counts the rest.</summary>
    private const int MaxWeeks = 10;

    /// <summary>Tasks that a finding names.</summary>
    private const int MaxTasks = 5;

    private readonly WindowDays days;
    private readonly WindowOfPlan window;
    private readonly decimal maxPercent;
    private readonly Carrier[] people, teams;
    private readonly Carrier everybody;
    private readonly Effort effort;

    /// <param name="maxPercent">How much of the capacity may be planned.</param>
    public Workload(IReadOnlyList<PlannedTask> tasks, TeamCapacity team, WindowOfPlan window, WindowDays days, WorkDays workDays, decimal maxPercent)
    {
        (this.days, this.window, this.maxPercent) = (days, window, maxPercent);
        var members = team.Members.Where(m => m.Id.Length > 0).DistinctBy(m => m.Id).ToDictionary(m => m.Id);
        people = [.. members.Values.Select(m => new Carrier(m.Id, m.Name, m.Node, [m], days))];
        teams = [.. team.Teams.Where(t => t.Id.Length > 0 && !members.ContainsKey(t.Id)).DistinctBy(t => t.Id).Select(t => new Carrier(
            t.Id, t.Name, t.Node, [.. t.Members.Select(m => members.GetValueOrDefault(m.Name)).OfType<TeamMember>().Distinct()], days))];
        everybody = new Carrier(null, "The team", null, [.. members.Values], days);
        effort = new Effort(tasks, people.Concat(teams).ToDictionary(c => c.Id!), everybody, days, workDays);
    }

    /// <param name="model">The artifact that says who can carry how much.</param>
    /// <param name="weeks">What a week is that holds too much where all of the window does not: error, warning or off.</param>
    public IEnumerable<Finding> Overloads(GateArtifact model, BacklogReading reading, string weeks)
    {
        var tasks = reading.Backlogs.Count > 0 ? reading.Backlogs[0].File : null;
        var overloaded = new HashSet<Carrier>();
        foreach (var carrier in All(tasks))
        {
            if (Overload(carrier, model, tasks) is not { } finding)
                continue;
            overloaded.Add(carrier);
            yield return finding;
        }
        foreach (var (task, by, on) in effort.Unworked())
        {
            yield return task.File.At(
                task.Task.Node["assignee"]!.Value, AbsentRule, Severity.Warning,
                $"{by.Name} works on none of the days of '{task.Task.Id}', {days.DayAt(on.From):yyyy-MM-dd} to {days.DayAt(on.To):yyyy-MM-dd}.",
                "Move the task, or assign it to somebody who is there.", "absent");
        }
        if (weeks == "off")
            yield break;
        var severity = weeks == "error" ? Severity.Error : Severity.Warning;
        var spans = days.Weeks();
        var told = new HashSet<DayRange>();
        foreach (var carrier in All(tasks))
        {
            var (load, person) = (effort.ByWeek(carrier), people.Contains(carrier));
            // A week that is too much for a person is a finding of that person alone.
            var over = Enumerable.Range(0, load.Length).Where(w => load[w] > Allowed(carrier.Capacity(spans[w])) && (person || !told.Contains(spans[w]))).ToArray();
            told.UnionWith(over.Select(w => spans[w]));
            // Whoever has too much over all has it in some weeks, too.
            foreach (var (place, w) in overloaded.Contains(carrier) ? [] : over.Take(MaxWeeks).Index())
            {
                var more = place == MaxWeeks - 1 && over.Length > MaxWeeks ? $" There are {over.Length - MaxWeeks} more such weeks, beyond max_weeks = {MaxWeeks}." : "";
                yield return Week(carrier, spans[w], load[w], more, severity, model, tasks);
            }
        }
    }

    private IEnumerable<Carrier> All(GateArtifact? tasks) => [.. people, .. teams, .. tasks is null ? (Carrier[])[] : [everybody]];

    private Finding? Overload(Carrier carrier, GateArtifact model, GateArtifact? tasks)
    {
        var (load, allowed) = (Fraction.Of(effort.TotalOf(carrier)), Allowed(carrier.Capacity(days.All)));
        if (!(load > allowed))
            return null;
        var fits = string.Create(CultureInfo.InvariantCulture, $"can carry {allowed.Down:0.##} from {window.Start:yyyy-MM-dd} to {window.End:yyyy-MM-dd}");
        return carrier.Id is null
            ? tasks!.Error(
                tasks!.Parsed.Root!.Value["tasks"]!.Value, OverloadedTeamRule, string.Create(CultureInfo.InvariantCulture, $"The tasks have {load.Up:0.##} points, but the team {fits}."),
                "Plan fewer tasks, or more time or people.", "overloaded team")
            : model.Error(
                carrier.Node!.Value["id"]!.Value, people.Contains(carrier) ? OverloadedMemberRule : OverloadedTeamRule,
                string.Create(CultureInfo.InvariantCulture, $"{carrier.Name} has tasks of {load.Up:0.##} points, but {fits}."),
                "Assign some of the tasks to others, or move the window's end.", $"overloaded {carrier.Id}");
    }

    private Finding Week(Carrier carrier, DayRange week, Fraction load, string more, Severity severity, GateArtifact model, GateArtifact? tasks)
    {
        var (file, node) = carrier.Node is { } at ? (model, at["id"]!.Value) : (tasks!, tasks!.Parsed.Root!.Value["tasks"]!.Value);
        var name = days.WeekOf(week.From);
        return file.At(
            node, OverloadedWeekRule, severity,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{carrier.Name} has {load.Up:0.##} points in {name}, {days.DayAt(week.From):yyyy-MM-dd} to {days.DayAt(week.To):yyyy-MM-dd}, "
                    + $"but can carry {Allowed(carrier.Capacity(week)).Down:0.##}: {Named(effort.TasksIn(carrier, week))}.{more}"),
            "Spread the tasks over more weeks, or assign some to others.", $"{carrier.Id} {name}");
    }

    private static string Named(IReadOnlyList<(string Id, Fraction Points)> tasks) =>
        string.Join(", ", tasks.Take(MaxTasks).Select(t => string.Create(CultureInfo.InvariantCulture, $"{t.Id} {t.Points.Up:0.##}")))
        + (tasks.Count > MaxTasks ? $" and {tasks.Count - MaxTasks} more tasks" : "");

    private Fraction Allowed(Fraction capacity) => capacity * Fraction.Of(maxPercent) / Fraction.Of(100);
}
