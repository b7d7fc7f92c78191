using System.Collections.Immutable;
using Planning.Artifacts.Documents;
using Planning.Domain.Governance;

namespace Planning.Engine.Rulebooks;

/// <summary>
/// Two rules that say different things about the same plans. Both would hold, so the stricter wins without anybody
/// having said so; the authors of the rulebook are asked which one they mean.
/// </summary>
internal static class RuleConflicts
{
    public static void Report(RulebookFile file, ImmutableArray<(DocumentNode Node, GovernanceRule Rule)> rules)
    {
        for (var i = 0; i < rules.Length; i++)
        {
            ReportWithin(file, rules[i].Node, rules[i].Rule.Name);
            foreach (var (node, earlier) in rules[..i].Where(r => r.Rule.Condition.Equals(rules[i].Rule.Condition)))
                ReportBetween(file, rules[i].Node, rules[i].Rule.Name, node, earlier.Name);
        }
    }

    private static void ReportWithin(RulebookFile file, DocumentNode rule, string name)
    {
        var seen = new Dictionary<string, MappingEntry>(StringComparer.Ordinal);
        foreach (var entry in Requirements(rule))
        {
            if (!Repeats(entry, [.. seen.Values]) && !seen.TryAdd(entry.Key, entry))
                file.Report(entry.Value, RulebookRules.Conflict, $"The rule {name} asks for {entry.Key} twice, with different values.", "Keep one of them.");
        }
    }

    private static void ReportBetween(RulebookFile file, DocumentNode rule, string name, DocumentNode earlier, string earlierName)
    {
        var others = Requirements(earlier).ToArray();
        foreach (var entry in Requirements(rule).Where(e => others.Any(o => o.Key == e.Key) && !Repeats(e, others)))
            file.Report(
                entry.Value, RulebookRules.Conflict,
                $"The rules {earlierName} and {name} have the same condition and ask for a different {entry.Key}.",
                "Say it in one of them, or give them different conditions.");
    }

    /// <summary>Several standards of documentation add up; every other requirement has one value.</summary>
    private static bool Repeats(MappingEntry entry, IReadOnlyCollection<MappingEntry> others) =>
        entry.Key == "documentation" || others.Any(o => o.Key == entry.Key && NodeJson.Write(o.Value) == NodeJson.Write(entry.Value));

    private static IEnumerable<MappingEntry> Requirements(DocumentNode rule) => (rule["requirements"]?.Elements ?? default).SelectMany(requirement => requirement.Entries);
}
