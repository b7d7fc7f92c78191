using Planning.Artifacts;
using Planning.Artifacts.Kinds;
using Planning.Artifacts.Parity;
using Planning.Engine.Gates.Tasks;

namespace Planning.Engine.Gates.Validators;

/// <summary>Capabilities that only one side knows: a task carries what no parity report shows, or a report shows what no task brought.</summary>
internal static class CapabilityOrphans
{
    public const string NotShownRule = "parity.not_shown";
    public const string NotPlannedRule = "parity.not_planned";

    public static readonly ValidatorParameter Parameter = new("orphans", ParameterType.Text, "\"warning\"", Choices: ["error", "warning", "off"])
    {
        Meaning = "what a capability is that a task carries and no parity report shows, or that a report shows as new and no task carries",
    };

    /// <param name="before">What the plan executed last could do; null when that is not known: then nothing in a report is new for certain.</param>
    /// <param name="unreadable">The rule that a backlog breaks which cannot be read.</param>
    public static IEnumerable<Finding> Of(GateInput input, IReadOnlySet<string>? before, Severity severity, string unreadable)
    {
        var reports = input.OfKind(ArtifactKind.ParityReport).ToArray();
        // Without a report, or with one that cannot be read, nothing is known of what is there.
        if (reports.Length == 0 || reports.Any(r => !r.Parsed.Ok || r.Read(ParityReportReader.Read).Value is null))
            return [];
        var reading = BacklogReading.Of(input.Artifacts, unreadable, "capabilities");
        if (reading.Tasks is not { } tasks)
            return reading.Findings;
        var shown = reports.SelectMany(r => r.Read(ParityReportReader.Read).Value!.Capabilities, (file, shows) => (file, shows)).DistinctBy(s => s.shows.Name).ToArray();
        var carried = tasks.SelectMany(t => t.Task.Capabilities, (task, carries) => (task, carries)).DistinctBy(c => c.carries.Name).ToArray();
        var shownNames = shown.Select(s => s.shows.Name).ToHashSet(StringComparer.Ordinal);
        var carriedNames = carried.Select(c => c.carries.Name).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. reading.Findings,
            .. carried.Where(c => !shownNames.Contains(c.carries.Name)).Select(c => c.task.File.At(
                c.carries.Node, NotShownRule, severity, $"The task '{c.task.Task.Id}' carries the capability '{c.carries.Name}', which no parity report shows.",
                "Make the report again from what was built, or take the capability from the task.", c.carries.Name)),
            // A plan whose tasks name no capability does not say what it brings.
            .. shown.Where(s => before is not null && carried.Length > 0 && !before.Contains(s.shows.Name) && !carriedNames.Contains(s.shows.Name)).Select(s => s.file.At(
                s.shows.Node, NotPlannedRule, severity, $"The capability '{s.shows.Name}' is new, and no task carries it.",
                "Name it under 'capabilities' of the task that brings it, or take it from the report.", s.shows.Name)),
        ];
    }
}
