using Planning.Artifacts;
using Planning.Artifacts.Backlogs;
using Planning.Artifacts.Documents;
using Planning.Artifacts.Kinds;
using Planning.Engine.Gates.Validators;

namespace Planning.Engine.Gates.Tasks;

/// <summary>A task with the file that it stands in.</summary>
internal sealed record PlannedTask(GateArtifact File, BacklogTask Task);

/// <summary>The backlogs of a plan; one plan may have several.</summary>
/// <param name="Tasks">In the order of files and lines; null when a file cannot be read.</param>
/// <param name="Findings">What keeps the backlogs from being judged.</param>
internal sealed record BacklogReading(
    IReadOnlyList<(GateArtifact File, Backlog Backlog)> Backlogs, IReadOnlyList<PlannedTask>? Tasks, IReadOnlyList<Finding> Findings)
{
    private const string MissingField = "field.missing";

    /// <summary>Reads the backlogs among the content.</summary>
    /// <param name="unreadable">The rule that a file breaks which cannot be read.</param>
    /// <param name="fields">The fields that this validator relies on: what is wrong with others is for others to say.</param>
    public static BacklogReading Of(IEnumerable<GateArtifact> artifacts, string unreadable, params ReadOnlySpan<string> fields)
    {
        var findings = new List<Finding>();
        var backlogs = new List<(GateArtifact, Backlog)>();
        var readable = true;
        foreach (var file in artifacts.Where(a => a is { Kind: ArtifactKind.Backlog, Evidence: false }))
        {
            var read = file.Read(BacklogReader.Read);
            if (!file.Parsed.Ok || read.Value is not { } backlog || file.Parsed.Root?["tasks"] is not { IsSequence: true })
            {
                findings.Add(file.Unreadable(unreadable, [.. file.Parsed.Findings, .. read.Findings]));
                readable = false;
                continue;
            }
            foreach (var finding in read.Findings)
            {
                if (finding.Severity == Severity.Error && Concerns(finding, fields))
                    findings.Add(finding);
            }
            backlogs.Add((file, backlog));
        }
        PlannedTask[]? tasks = readable ? [.. backlogs.SelectMany(b => b.Item2.Tasks, (b, task) => new PlannedTask(b.Item1, task))] : null;
        return new BacklogReading(backlogs, tasks, findings);
    }

    /// <summary>What a task lacks is reported at the task; each validator says in its own words what that means to it.</summary>
    private static bool Concerns(Finding finding, ReadOnlySpan<string> fields)
    {
        var pointer = finding.Pointer.AsSpan();
        if (pointer.StartsWith("/tasks/") && finding.Rule == MissingField)
            return false;
        if (pointer.StartsWith("/tasks/") && !pointer["/tasks/".Length..].Contains('/'))
            return true;
        foreach (var part in pointer.Split('/'))
        {
            foreach (var field in fields)
            {
                if (pointer[part].SequenceEqual(field))
                    return true;
            }
        }
        return false;
    }
}
