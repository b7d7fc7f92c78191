using System.Text.RegularExpressions;

namespace Planning.Engine.Tests.Gates.Faults;

/// <summary>Ways to spoil the example; each takes a random place.</summary>
internal static partial class FaultKinds
{
    private const string Backlog = "be_backlog.yaml";
    private const string Capacity = "team_capacity.yaml";
    private const string StoryMap = "story_map.md";

    private static readonly string[] Yaml = [Backlog, Capacity, "cycle_notes.yaml", "bus_config.yaml", "alert_rules.yaml", "state_machine.yaml"];

    public static IReadOnlyList<Func<Random, SeededFault>> All { get; } =
    [
        WrongType, WrongTypeOfAPerson, WrongTypeInJson, MissingField, UnknownField, BrokenDependency, BrokenArtifact, BrokenLink, DuplicateTask,
        DuplicateKey, DuplicateKeyInJson, BadDate, DateInAnotherForm, IndentedMore, IndentedLess, TrailingSpace, Tab, Truthy, Octal, GroupedDigits,
        UnusedAnchor, UndefinedAlias, NoColon, StrayBracket, UnclosedBracket, UnclosedQuote, SkippedLevel, SecondTitle, MissingComma, UnknownVersion,
    ];

    private static SeededFault WrongType(Random random)
    {
        var lines = new Lines(Backlog, random);
        var at = lines.Pick(l => l.StartsWith("    effort_points: ", StringComparison.Ordinal) || l.StartsWith("    dependencies: [", StringComparison.Ordinal));
        return lines.Set(at, KeyOf(lines[at]) + ": many").Fault("wrong type", at, "schema.type");
    }

    private static SeededFault WrongTypeOfAPerson(Random random)
    {
        var lines = new Lines(Capacity, random);
        var at = lines.Pick(l => l.Contains("points_per_", StringComparison.Ordinal) || l.Contains("skills: [", StringComparison.Ordinal));
        return lines.Set(at, KeyOf(lines[at]) + ": {a: 1}").Fault("wrong type of a person", at, "schema.type");
    }

    private static SeededFault WrongTypeInJson(Random random)
    {
        var lines = new Lines("parity.json", random);
        var at = lines.Pick(l => JsonText().IsMatch(l));
        return lines.Set(at, JsonText().Replace(lines[at], "${before}17${after}")).Fault("wrong type in JSON", at, "schema.", "json_schema.unknown_version");
    }

    private static SeededFault MissingField(Random random)
    {
        var lines = new Lines(Backlog, random);
        var at = lines.Pick(l => Required().IsMatch(l));
        var task = lines.Before(at, l => l.StartsWith("  - id:", StringComparison.Ordinal));
        return lines.Remove(at).Fault("missing field", task, "schema.required");
    }

    private static SeededFault UnknownField(Random random)
    {
        var lines = new Lines(Backlog, random);
        var at = lines.Pick(l => Required().IsMatch(l));
        return lines.Set(at, lines[at].Replace(":", "s:", StringComparison.Ordinal)).Fault("unknown field", at, "schema.additionalProperties");
    }

    private static SeededFault BrokenDependency(Random random)
    {
        var lines = new Lines(Backlog, random);
        var at = lines.Pick(l => l.StartsWith("    dependencies: [\"PLN", StringComparison.Ordinal));
        return lines.Set(at, lines[at].Replace("[\"PLN-BE-0", "[\"PLN-BE-9", StringComparison.Ordinal)).Fault("broken dependency", at, "references.unknown_dependency");
    }

    private static SeededFault BrokenArtifact(Random random)
    {
        var lines = new Lines(Backlog, random);
        var at = lines.Pick(l => l.StartsWith("      - ", StringComparison.Ordinal) && (l.EndsWith(".yaml", StringComparison.Ordinal) || l.EndsWith(".json", StringComparison.Ordinal)));
        return lines.Set(at, lines[at].Replace(".", "_v2.", StringComparison.Ordinal)).Fault("broken artifact", at, "references.missing_artifact");
    }

    private static SeededFault BrokenLink(Random random)
    {
        var lines = new Lines(StoryMap, random);
        var at = lines.Pick(l => l.Contains("](", StringComparison.Ordinal));
        return lines.Set(at, lines[at].Replace("](", "](x", StringComparison.Ordinal)).Fault("broken link", at, "references.broken_link");
    }

    private static SeededFault DuplicateTask(Random random)
    {
        var lines = new Lines(Backlog, random);
        var (first, last) = (lines.Pick(l => l.StartsWith("  - id: PLN-BE-00", StringComparison.Ordinal)), lines.Pick(l => l == "  - id: PLN-BE-028"));
        return lines.Set(last, lines[first]).Fault("duplicate task", last, "references.duplicate_task");
    }

    private static SeededFault DuplicateKey(Random random)
    {
        var lines = new Lines(Yaml[random.Next(Yaml.Length)], random);
        var at = lines.Pick(l => Entry().IsMatch(l));
        return lines.Insert(at + 1, lines[at]).Fault("duplicate key", at + 1, "parse.duplicate_key");
    }

    private static SeededFault DuplicateKeyInJson(Random random)
    {
        var lines = new Lines("parity.json", random);
        var at = lines.Pick(l => JsonEntry().IsMatch(l));
        return lines.Insert(at + 1, lines[at]).Fault("duplicate key in JSON", at + 1, "parse.duplicate_key");
    }

    private static SeededFault BadDate(Random random) => Dated(random, "bad date", ["2027-02-30", "2027-13-01", "2027-04-31"]);

    private static SeededFault DateInAnotherForm(Random random) => Dated(random, "date in another form", ["2027-1-4", "2027-3-05"]);

    private static SeededFault Dated(Random random, string kind, string[] dates)
    {
        var lines = new Lines(random.Next(2) == 0 ? Backlog : "cycle_notes.yaml", random);
        var at = lines.Pick(l => Date().IsMatch(l));
        return lines.Set(at, Date().Replace(lines[at], dates[random.Next(dates.Length)])).Fault(kind, at, "yaml.date");
    }

    private static SeededFault IndentedMore(Random random)
    {
        var lines = new Lines(Yaml[random.Next(Yaml.Length)], random);
        var at = lines.Pick(l => Entry().IsMatch(l));
        return lines.Set(at, " " + lines[at]).Fault("indented more", at, "parse.syntax", "yaml.indentation");
    }

    private static SeededFault IndentedLess(Random random)
    {
        var lines = new Lines(Yaml[random.Next(Yaml.Length)], random);
        var at = lines.Pick(l => Entry().IsMatch(l));
        return lines.Set(at, lines[at][1..]).Fault("indented less", at, "parse.syntax", "yaml.indentation");
    }

    private static SeededFault TrailingSpace(Random random)
    {
        var lines = new Lines(Yaml[random.Next(Yaml.Length)], random);
        var at = lines.Pick(_ => true);
        return lines.Set(at, lines[at] + " ").Fault("trailing space", at, "yaml.trailing_space");
    }

    private static SeededFault Tab(Random random)
    {
        var lines = new Lines(Yaml[random.Next(Yaml.Length)], random);
        var at = lines.Pick(l => l.StartsWith("  ", StringComparison.Ordinal));
        var indent = lines[at].Length - lines[at].TrimStart().Length;
        var tabbed = random.Next(2) == 0 ? "\t" + lines[at][indent..] : lines[at][..(indent - 1)] + "\t" + lines[at][indent..];
        return lines.Set(at, tabbed).Fault("tab", at, "parse.syntax", "yaml.tab");
    }

    private static SeededFault Truthy(Random random) => Valued(random, "truthy word", "yaml.truthy", ["yes", "No", "on", "OFF"]);

    private static SeededFault Octal(Random random) => Valued(random, "octal", "yaml.octal", ["0755", "0o17", "010"]);

    private static SeededFault GroupedDigits(Random random) => Valued(random, "grouped digits", "yaml.number", ["1_000", "12:30"]);

    private static SeededFault Valued(Random random, string kind, string rule, string[] values)
    {
        var lines = new Lines(Yaml[random.Next(Yaml.Length)], random);
        var at = lines.Pick(l => Entry().IsMatch(l));
        return lines.Set(at, KeyOf(lines[at]) + ": " + values[random.Next(values.Length)]).Fault(kind, at, rule);
    }

    private static SeededFault UnusedAnchor(Random random)
    {
        var lines = new Lines(Yaml[random.Next(Yaml.Length)], random);
        var at = lines.Pick(l => Entry().IsMatch(l));
        return lines.Set(at, lines[at].Replace(": ", ": &again ", StringComparison.Ordinal)).Fault("unused anchor", at, "yaml.unused_anchor");
    }

    private static SeededFault UndefinedAlias(Random random) => Valued(random, "undefined alias", "parse.undefined_alias", ["*nobody"]);

    private static SeededFault NoColon(Random random)
    {
        var lines = new Lines(Yaml[random.Next(Yaml.Length)], random);
        var at = lines.Pick(l => Entry().IsMatch(l) && !l.Contains('"'));
        return lines.Set(at, lines[at].Replace(": ", " ", StringComparison.Ordinal)).Fault("no colon", at, "parse.syntax");
    }

    private static SeededFault StrayBracket(Random random) => Valued(random, "stray bracket", "parse.syntax", ["]x", "}"]);

    private static SeededFault UnclosedBracket(Random random)
    {
        var lines = new Lines(random.Next(2) == 0 ? Backlog : Capacity, random);
        var at = lines.Pick(l => l.EndsWith(']'));
        return lines.Set(at, lines[at][..^1]).Fault("unclosed bracket", at, "parse.syntax");
    }

    private static SeededFault UnclosedQuote(Random random)
    {
        var lines = new Lines(Backlog, random);
        var at = lines.Pick(l => l.EndsWith('"') && l.Contains(": \"", StringComparison.Ordinal));
        return lines.Set(at, lines[at][..^1]).Fault("unclosed quote", at, "parse.syntax");
    }

    private static SeededFault SkippedLevel(Random random)
    {
        var lines = new Lines(StoryMap, random);
        var at = lines.Pick(l => l.StartsWith("### Release 1", StringComparison.Ordinal));
        return lines.Insert(at, "").Insert(at, "- y").Insert(at, "##### Detail").Fault("skipped level", at, "markdown.skipped_level");
    }

    private static SeededFault SecondTitle(Random random)
    {
        var lines = new Lines(StoryMap, random);
        var at = lines.Pick(l => l.StartsWith("## ", StringComparison.Ordinal));
        return lines.Set(at, lines[at][1..]).Fault("second title", at, "markdown.second_title");
    }

    private static SeededFault MissingComma(Random random)
    {
        var lines = new Lines("parity.json", random);
        var at = lines.Pick(l => l.EndsWith("\",", StringComparison.Ordinal) || l.EndsWith("},", StringComparison.Ordinal));
        return lines.Set(at, lines[at][..^1]).Fault("missing comma", at, "parse.syntax");
    }

    private static SeededFault UnknownVersion(Random random)
    {
        var lines = new Lines(Yaml[random.Next(3)], random);
        var at = lines.Pick(l => l.StartsWith("version: ", StringComparison.Ordinal));
        return lines.Set(at, $"version: {random.Next(7, 99)}.0.0").Fault("unknown version", at, "json_schema.unknown_version");
    }

    private static string KeyOf(string line) => line[..line.IndexOf(": ", StringComparison.Ordinal)];

    /// <summary>A required field of a task, but for its id.</summary>
    [GeneratedRegex("^    (title|description|effort_points|priority|dependencies): [^{]+$")]
    private static partial Regex Required();

    /// <summary>An indented entry on one line that is not the first of its mapping.</summary>
    [GeneratedRegex("^ +[a-z_]+: [^|>&*]+$")]
    private static partial Regex Entry();

    [GeneratedRegex("(?<=^ *[a-z_]+: )[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
    private static partial Regex Date();

    [GeneratedRegex("^(?<before> +\"[a-z_]+\": )\"[^\"]*\"(?<after>,?)$")]
    private static partial Regex JsonText();

    [GeneratedRegex("^ +\"[a-z_]+\": [^\\[{]+,$")]
    private static partial Regex JsonEntry();
}
