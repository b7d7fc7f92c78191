using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Planning.Artifacts.Lint;

/// <summary>Anchors that nothing refers to.</summary>
internal sealed class AnchorLint(FindingSink sink, Severity form)
{
    private readonly Dictionary<string, Mark> _unused = new(StringComparer.Ordinal);

    public void Take(ParsingEvent current)
    {
        if (current is AnchorAlias alias)
        {
            _unused.Remove(alias.Value.Value);
        }
        else if (current is NodeEvent { Anchor.IsEmpty: false } node)
        {
            // An anchor that is defined anew while unused was useless the first time.
            if (_unused.Remove(node.Anchor.Value, out var earlier))
                Report(node.Anchor.Value, earlier);
            _unused[node.Anchor.Value] = node.Start;
        }
    }

    public void Finish()
    {
        foreach (var (name, mark) in _unused)
            Report(name, mark);
    }

    private void Report(string name, Mark mark) =>
        sink.Add((int)mark.Line, (int)mark.Column, "", LintRules.UnusedAnchor, form, $"No alias uses the anchor &{name}.", "Remove it.");
}
