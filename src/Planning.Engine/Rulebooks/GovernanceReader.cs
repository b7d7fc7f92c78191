using System.Collections.Immutable;
using Planning.Artifacts.Documents;
using Planning.Domain.Expressions;
using Planning.Domain.Governance;

namespace Planning.Engine.Rulebooks;

/// <summary>Reads <c>governance.yaml</c>.</summary>
internal static class GovernanceReader
{
    public static GovernanceRules Read(RulebookFile file)
    {
        var section = file.Root?["governance"];
        var tags = ReadTags(file, section?["tags"]);
        var standards = RulebookFile.Entries(section?["documentation"]).ToDictionary(
            e => e.Key, e => e.Value.Elements.Select(node => RulebookFile.Text(node)).OfType<string>().ToImmutableArray());
        var mode = ReadMode(section?["mode"]) ?? RuleMode.Enforce;
        var scope = GovernanceScope.For(tags);
        var rules = RulebookFile.Entries(section?["rules"])
            .Select(e => (e.Value, Rule: ReadRule(file, e.Key, e.Value, scope, standards, mode)))
            .ToImmutableArray();
        RuleConflicts.Report(file, [.. rules.Where(r => r.Rule is not null).Select(r => (r.Value, r.Rule!))]);
        return new GovernanceRules(tags) { Rules = [.. rules.Select(r => r.Rule).OfType<GovernanceRule>()] };
    }

    private static ImmutableArray<TagDefinition> ReadTags(RulebookFile file, DocumentNode? list)
    {
        var tags = ImmutableArray.CreateBuilder<TagDefinition>();
        foreach (var node in list?.Elements ?? default)
        {
            if (node["name"]?.AsString is not { } name)
                continue;
            var tag = new TagDefinition(name, [.. (node["values"]?.Elements ?? default).Select(value => RulebookFile.Text(value)).OfType<string>()], RulebookFile.Text(node["default"]));
            if (tags.Any(t => t.Name == name))
                file.Report(node["name"]!.Value, RulebookRules.DuplicateName, $"The tag {name} is defined already.", "Define each tag once.");
            else
                tags.Add(tag);
            if (tag.Default is { } given && !tag.Knows(given))
                file.Report(
                    node["default"]!.Value, RulebookRules.UnknownDefault, $"The default of {name} is '{given}', which the tag never is.",
                    NearestName.Advice(given, tag.Values));
        }
        return tags.ToImmutable();
    }

    /// <summary>Null when the rule cannot stand as it is written; why has been reported.</summary>
    private static GovernanceRule? ReadRule(
        RulebookFile file, string name, DocumentNode node, ExpressionScope scope, Dictionary<string, ImmutableArray<string>> standards, RuleMode mode)
    {
        var requirements = (node["requirements"]?.Elements ?? default)
            .SelectMany(requirement => requirement.Entries)
            .Select(entry => RequirementReader.Read(file, entry, standards))
            .OfType<IRequirement>()
            .ToImmutableArray();
        if (file.Formula(node["condition"], scope, ExpressionType.Boolean) is not { } condition)
            return null;
        var streams = RulebookFile.Entries(node["streams"])
            .ToImmutableSortedDictionary(e => e.Key, e => ReadMode(e.Value) ?? mode, StringComparer.Ordinal);
        return new GovernanceRule(name, condition, requirements, ReadMode(node["mode"]) ?? mode, streams);
    }

    private static RuleMode? ReadMode(DocumentNode? node) => node switch
    {
        { AsString: "off" } => RuleMode.Off,
        { AsString: "warn" } => RuleMode.Warn,
        { AsString: "enforce" } => RuleMode.Enforce,
        { IsMapping: true } mapping when mapping["percentage"]?.AsInt64 is { } percent and >= 0 and <= 100 => new RuleMode(RuleModeKind.Percentage, (int)percent),
        _ => null,
    };
}
