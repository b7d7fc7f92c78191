using Planning.Artifacts.Documents;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Planning.Artifacts.Lint;

/// <summary>Something to lint about, before strictness gives it a severity.</summary>
/// <param name="IsForm">True for what concerns form, false for what concerns meaning.</param>
internal sealed record LintFact(int Line, int Column, string Pointer, string Rule, bool IsForm, string Message, string Advice);

/// <summary>Watches the events of the first document while its tree is built: a second scan would cost as much as the first.</summary>
internal sealed class LintCollector(TextMap map)
{
    private readonly List<LintFact> _facts = [];
    private readonly HashSet<int> _content = [];
    private readonly IndentationLint _indentation = new(map);
    private readonly AnchorLint _anchors = new();

    /// <summary>1-based lines whose blanks are text: those of block scalars. In every other scalar a line's ends are cut off.</summary>
    public IReadOnlySet<int> Content => _content;

    /// <summary>What was found; complete after <see cref="Finish"/>.</summary>
    public IReadOnlyList<LintFact> Facts => _facts;

    public void Take(ParsingEvent current, Func<string> pointer)
    {
        Add(_anchors.Take(current), pointer);
        if (current is not Scalar scalar)
        {
            Add(_indentation.Take(current), pointer);
            return;
        }
        if (scalar.Style == ScalarStyle.Plain && scalar.Tag.IsEmpty)
            Add(ScalarLint.Check(scalar), pointer);
        if (scalar.Style is not (ScalarStyle.Literal or ScalarStyle.Folded))
            return;
        // It ends where the next line begins that is none of it; only at the end of the file there is no such line.
        var behind = scalar.End.Column > 1 && scalar.End.Line >= map.Starts.Count ? scalar.End.Line + 1 : scalar.End.Line;
        for (var line = scalar.Start.Line + 1; line < behind; line++)
            _content.Add((int)line);
    }

    public void Finish() => _facts.AddRange(_anchors.Finish());

    private void Add(LintFact? fact, Func<string> pointer)
    {
        if (fact is not null)
            _facts.Add(fact.Pointer.Length == 0 ? fact with { Pointer = pointer() } : fact);
    }
}
