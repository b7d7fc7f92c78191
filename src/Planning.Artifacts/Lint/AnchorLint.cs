using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Planning.Artifacts.Lint;

/// <summary>Anchors that nothing refers to.</summary>
internal sealed class AnchorLint
{
    private readonly Dictionary<string, Mark> _unused = new(StringComparer.Ordinal);

    public LintFact? Take(ParsingEvent current)
    {
        if (current is AnchorAlias alias)
            _unused.Remove(alias.Value.Value);
        if (current is not NodeEvent { Anchor.IsEmpty: false } node || current is AnchorAlias)
            return null;
        // An anchor that is defined anew while unused was useless the first time.
        var useless = _unused.Remove(node.Anchor.Value, out var earlier) ? Fact(node.Anchor.Value, earlier) : null;
        _unused[node.Anchor.Value] = node.Start;
        return useless;
    }

    public IEnumerable<LintFact> Finish() => _unused.Select(anchor => Fact(anchor.Key, anchor.Value));

    private static LintFact Fact(string name, Mark mark) =>
        new((int)mark.Line, (int)mark.Column, "", LintRules.UnusedAnchor, IsForm: true, $"No alias uses the anchor &{name}.", "Remove it.");
}
