using System.Collections.Immutable;
using Planning.Artifacts;
using Planning.Artifacts.Documents;
using Planning.Domain.Expressions;
using Planning.Domain.Rulebooks;

namespace Planning.Engine.Rulebooks;

/// <summary>What became of a set of files: a rulebook, or everything that is wrong with it.</summary>
/// <param name="Rulebook">Null when a finding is an error.</param>
/// <param name="Findings">In the order of files and lines.</param>
public sealed record RulebookReading(Rulebook? Rulebook, ImmutableArray<Finding> Findings);

/// <summary>Reads the files of a rulebook. The same bytes always give the same rulebook, with the same hash.</summary>
public static class RulebookReader
{
    // :: Step 1: the five files, artifacts.yaml at most, and no other
    // :: Step 2: syntax of each
    // :: Step 3: each against its JSON Schema
    // :: Step 4: what no schema can see, in each and between them
    // :: Step 5: a rulebook, if nothing was found

    public static RulebookReading Read(RulebookFiles files)
    {
        var findings = new List<Finding>();

        // :: Step 1
        foreach (var name in files.Bytes.Keys.Except(RulebookFiles.Known, StringComparer.Ordinal))
            findings.Add(new Finding(
                name, 1, 1, "", RulebookRules.UnknownFile, Severity.Error, $"A rulebook has no file {name}.", NearestName.Advice(name, RulebookFiles.Known)));

        // :: Steps 2 and 3
        var gates = Open(files, RulebookFiles.Gates, findings);
        var governance = Open(files, RulebookFiles.Governance, findings);
        var kpis = Open(files, RulebookFiles.Kpis, findings);
        var sealing = Open(files, RulebookFiles.Sealing, findings);
        var calendars = Open(files, RulebookFiles.Calendars, findings);
        var artifacts = Open(files, RulebookFiles.Artifacts, findings);

        // :: Step 4
        var rulebook = new Rulebook(
            files.Hash,
            GatesReader.Read(gates),
            GovernanceReader.Read(governance),
            KpisReader.Read(kpis),
            SealingReader.Read(sealing),
            CalendarsReader.Read(calendars))
        {
            ArtifactKinds = ArtifactKindsReader.Read(artifacts),
        };

        // :: Step 5
        var ordered = findings.OrderBy(f => f.File, StringComparer.Ordinal).ThenBy(f => f.Line).ThenBy(f => f.Column).ToImmutableArray();
        return new RulebookReading(ordered.Any(f => f.Severity == Severity.Error) ? null : rulebook, ordered);
    }

    private static RulebookFile Open(RulebookFiles files, string name, List<Finding> findings)
    {
        if (!files.Bytes.TryGetValue(name, out var bytes))
        {
            if (RulebookFiles.Names.Contains(name))
                findings.Add(new Finding(
                    name, 1, 1, "", RulebookRules.MissingFile, Severity.Error, $"The rulebook lacks {name}.", "Add it; the shipped one is a good start."));
            return new RulebookFile(new ParsedArtifact(name, ArtifactFormat.Yaml, null, null, default, []), findings);
        }
        var parsed = ArtifactParser.Parse(bytes, name);
        findings.AddRange(parsed.Findings);
        if (parsed.Ok)
            findings.AddRange(RulebookSchemas.Check(parsed));
        return new RulebookFile(parsed, findings);
    }
}
