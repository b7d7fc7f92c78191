using System.Collections.Immutable;
using Planning.Artifacts;
using Planning.Artifacts.Documents;
using Planning.Artifacts.Kinds;
using Planning.Artifacts.Parity;
using Planning.Domain.Plans;
using Planning.Domain.Rulebooks;

namespace Planning.Engine.Gates.Validators;

/// <summary>
/// What the stream's last executed plan could do, this one still can, and what its tasks carry is what its reports show. A
/// plan's capabilities are those of its parity reports; where it has none, those that its backlogs name.
/// </summary>
public sealed partial class ParityValidator : IValidator
{
    public const string MissingCapabilityRule = "parity.missing_capability";
    public const string WrongStreamRule = "parity.wrong_stream";
    public const string NoBaselineRule = "parity.no_baseline";
    public const string UnreadableRule = "parity.unreadable";
    public const string UnreadableBaselineRule = "parity.unreadable_baseline";

    public string Type => "parity";
    public string Version => "2";
    public IReadOnlyList<ValidatorParameter> Parameters { get; } = [CapabilityOrphans.Parameter];

    public string? CacheScope(GateInput input) => null;

    public async ValueTask<IReadOnlyList<Finding>> ValidateAsync(GateInput input, ValidatorDefinition definition, CancellationToken cancellation)
    {
        var now = Read(input.Artifacts);
        var findings = new List<Finding>(now.Findings);
        findings.AddRange(WrongStream(input));
        var before = await BeforeAsync(input, now.List?.File.Name ?? "parity.json", findings, cancellation);
        if (before is var (last, names) && !now.Findings.Any(f => f.Severity == Severity.Error))
            findings.AddRange(names.Where(name => !now.Names.Contains(name)).Select(name => Missing(name, now, last)));
        var orphans = CapabilityOrphans.Parameter.TextOf(definition);
        if (orphans != "off")
            findings.AddRange(CapabilityOrphans.Of(input, before?.Names, orphans == "error" ? Severity.Error : Severity.Warning, UnreadableRule));
        return findings;
    }

    /// <summary>The baseline, and what it could do; null when there is none, or none that can be read, which becomes a finding.</summary>
    /// <param name="file">Of this plan: where to say that the baseline cannot be read.</param>
    private static async ValueTask<(Plan Plan, SortedSet<string> Names)?> BeforeAsync(GateInput input, string file, List<Finding> findings, CancellationToken cancellation)
    {
        if (await input.Workspace.LastExecutedAsync(input.Plan.Stream, input.Plan.Id, cancellation) is not { } last)
        {
            findings.Add(Info($"No plan of the stream '{input.Plan.Stream}' was executed before; there is nothing to compare with."));
            return null;
        }
        var before = Read(
        [
            .. await input.Workspace.ArtifactsAsync(last, ArtifactKind.ParityReport, cancellation),
            .. await input.Workspace.ArtifactsAsync(last, ArtifactKind.Backlog, cancellation),
        ]);
        if (before.Findings.FirstOrDefault(f => f.Severity == Severity.Error) is { } wrong)
        {
            findings.Add(Place.Whole(
                file, UnreadableBaselineRule, Severity.Error, $"The capabilities of plan {last.Id}, which was executed last, cannot be read ({wrong}).",
                "Have a lead look into that plan; waive this finding once the capabilities were compared by hand."));
            return null;
        }
        if (before.Names.Count > 0)
            return (last, before.Names);
        findings.Add(Info($"Plan {last.Id}, which was executed last, names no capability; there is nothing to compare with."));
        return null;
    }

    private static Finding Missing(string name, Capabilities now, Plan last)
    {
        var message = $"The capability '{name}' of plan {last.Id}, which was executed last, is gone.";
        const string advice = "Bring it back, or have a lead waive this finding when it is gone on purpose.";
        return now.List is var (file, node)
            ? file.Error(node, MissingCapabilityRule, message, advice, $"missing {name}")
            : Place.Whole("parity.json", MissingCapabilityRule, Severity.Error, message, advice, $"missing {name}");
    }

    private static IEnumerable<Finding> WrongStream(GateInput input) =>
        from file in input.OfKind(ArtifactKind.ParityReport)
        let stream = file.Read(ParityReportReader.Read).Value?.Stream
        where stream is not null && stream != input.Plan.Stream
        select file.Error(
            file.Parsed.Root!.Value["stream"]!.Value, WrongStreamRule, $"The report is about the stream '{stream}', the plan belongs to '{input.Plan.Stream}'.",
            "Attach the report of this plan's stream.");

    private static Finding Info(string message) =>
        Place.Whole("parity.json", NoBaselineRule, Severity.Info, message, "Nothing needs to be done.", "no baseline");

    private static Capabilities Read(ImmutableArray<GateArtifact> artifacts)
    {
        var reports = artifacts.Where(a => a.Kind == ArtifactKind.ParityReport).ToArray();
        var findings = new List<Finding>();
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var file in reports)
        {
            var read = file.Read(ParityReportReader.Read);
            if (!file.Parsed.Ok || read.Value is null)
                findings.Add(file.Unreadable(UnreadableRule, [.. file.Parsed.Findings, .. read.Findings]));
            else
                findings.AddRange(read.Findings);
            names.UnionWith(read.Value?.Capabilities.Select(c => c.Name) ?? []);
        }
        if (reports.Length > 0)
            return new Capabilities(names, findings, reports[0].Parsed.Root?["capabilities"] is { } list ? (reports[0], list) : null);

        var reading = Tasks.BacklogReading.Of(artifacts, UnreadableRule, "capabilities");
        names.UnionWith((reading.Tasks ?? []).SelectMany(t => t.Task.Capabilities).Select(c => c.Name));
        var backlog = reading.Backlogs.Select(b => b.File).FirstOrDefault();
        return new Capabilities(names, reading.Findings, backlog?.Parsed.Root?["tasks"] is { } tasks ? (backlog, tasks) : null);
    }

    /// <param name="List">Where a capability that is missing should be.</param>
    private sealed record Capabilities(SortedSet<string> Names, IReadOnlyList<Finding> Findings, (GateArtifact File, DocumentNode Node)? List);
}
