using Planning.Artifacts.Lint;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Planning.Artifacts.Documents;

/// <summary>Builds a positioned tree from YAML events; aliases are expanded within a limit.</summary>
internal sealed class YamlTreeReader(TextMap map, ArtifactLimits limits, FindingSink sink, LintCollector lint)
{
    /// <summary>Characters from which on a text is scanned ahead, by a thread of its own.</summary>
    private const int LongText = 128 * 1024;

    private readonly TreeBuilder _tree = new(limits, sink, map.Text.Length);
    private readonly Dictionary<string, Anchored> _anchors = new(StringComparer.Ordinal);
    private readonly Stack<(int Depth, Anchored Anchored)> _openAnchors = new();
    private readonly ForeignBreaks _breaks = ForeignBreaks.Hide(map.Text);
    private Mark? _flow;
    private int _flowDepth;
    private Mark _last = Mark.Empty;
    private int _expanded;
    private int _skipDepth;

    public DocumentNode? Read()
    {
        var scanner = new Scanner(new StringReader(_breaks.Hidden), skipComments: true);
        using var ahead = map.Text.Length >= LongText && Environment.ProcessorCount > 1 ? new ScannerAhead(scanner) : null;
        var events = new YamlEvents(ahead ?? (IScanner)scanner);
        var documents = 0;
        var here = () => _tree.PointerHere;
        while (!_tree.Stopped && events.MoveNext())
        {
            if (events.Current is DocumentStart start && ++documents > 1)
            {
                var (line, column) = At(start.Start);
                sink.Error(line, column, "", Rules.MultiDocument, "The file holds more than one YAML document.",
                    "Keep one document per file; only the first is read.");
                break;
            }
            lint.Take(events.Current, here);
            Follow(events.Current);
            Take(events.Current);
        }
        lint.Finish();
        if (events.Failure is { } failure)
            Report(failure.At, failure.Reason);
        var root = _tree.Finish();
        if (root is null && sink.Findings.Count == 0)
            sink.Error(1, 1, "", Rules.Empty, "The file holds no YAML document.", "Write the document, or leave the file out.");
        return root;
    }

    /// <summary>Keeps the outermost bracket that is open.</summary>
    private void Follow(ParsingEvent e)
    {
        if (_flowDepth == 0 && e is not (MappingStart { Style: MappingStyle.Flow } or SequenceStart { Style: SequenceStyle.Flow }))
            return;
        _flow = _flowDepth == 0 ? e.Start : _flow;
        _flowDepth += e.NestingIncrease;
        if (_flowDepth == 0)
            _flow = null;
    }

    private void Take(ParsingEvent e)
    {
        if (_skipDepth > 0)
        {
            _skipDepth += e.NestingIncrease;
            if (_skipDepth == 0)
                SetKey("?", e.Start);
            return;
        }
        switch (e)
        {
            case Scalar scalar:
                TakeScalar(scalar);
                break;
            case SequenceStart or MappingStart when _tree.ExpectsKey:
                ComplexKey(e.Start);
                _skipDepth = 1;
                break;
            case SequenceStart or MappingStart:
                Open((NodeEvent)e);
                break;
            case SequenceEnd or MappingEnd:
                Close();
                break;
            case AnchorAlias alias:
                TakeAlias(alias);
                break;
        }
    }

    private void Open(NodeEvent start)
    {
        var (line, column) = At(start.Start);
        var node = new NodeData(start is SequenceStart ? NodeKind.Sequence : NodeKind.Mapping, line, column);
        CheckTag(start, node.Kind == NodeKind.Sequence ? "seq" : "map");
        if (Anchor(start, node) is { } anchored)
            _openAnchors.Push((_tree.Depth, anchored));
        _tree.Open(node);
    }

    private void Close()
    {
        var node = _tree.Close();
        if (_openAnchors.TryPeek(out var open) && open.Depth == _tree.Depth)
            _openAnchors.Pop().Anchored.Node = node;
    }

    private void TakeScalar(Scalar scalar)
    {
        var (line, column) = At(scalar.Start);
        var text = _tree.Shared(_breaks.Show(scalar.Value));
        if (scalar.Style == ScalarStyle.DoubleQuoted)
            CheckCharacters(text, line, column);
        if (_tree.ExpectsKey)
        {
            // A key may carry an anchor, and is then a string to whoever refers to it.
            Anchor(scalar, new NodeData(NodeKind.String, text, line, column, isPlain: false));
            _tree.SetKey(text, line, column);
            return;
        }
        var kind = YamlTags.KindOf(scalar, out var problem);
        if (problem is not null)
            sink.Error(line, column, _tree.PointerHere, Rules.UnknownTag, problem, "Leave the tag out, or use !!str, !!int, !!float, !!bool or !!null.");
        if (kind == NodeKind.String && scalar.Style == ScalarStyle.Plain && CoreSchema.IsNonFinite(scalar.Value))
        {
            sink.Error(line, column, _tree.PointerHere, Rules.NonFiniteNumber, $"'{scalar.Value}' is a number that JSON cannot say.",
                "Write a finite number, or quote it as a string.");
        }
        if (kind is NodeKind.Integer or NodeKind.Number && scalar.Value.Length > limits.MaxNumberLength)
        {
            _tree.Stop(line, column, Rules.MaxNumberLength, $"A number has more characters than max_number_length = {limits.MaxNumberLength}.",
                "Write a shorter number, or quote it as a string.");
            return;
        }
        var node = new NodeData(kind, text, line, column, scalar.Style == ScalarStyle.Plain);
        Anchor(scalar, node);
        _tree.Add(node);
    }

    private void TakeAlias(AnchorAlias alias)
    {
        var (line, column) = At(alias.Start);
        if (!_anchors.TryGetValue(alias.Value.Value, out var target))
        {
            Syntax(line, column, $"the alias *{alias.Value.Value} names no anchor before it", Rules.UndefinedAlias);
            target = new Anchored(new NodeData(NodeKind.Null, "", line, column, isPlain: true));
        }
        if (_tree.ExpectsKey)
        {
            if (!target.Node.IsScalar)
                ComplexKey(alias.Start);
            _tree.SetKey(target.Node.IsScalar ? target.Node.Text : "?", line, column);
            return;
        }
        if (_openAnchors.Any(open => open.Anchored == target))
        {
            _tree.Stop(line, column, Rules.MaxAliasExpansion, $"The alias *{alias.Value.Value} stands inside its own anchor and never ends.",
                "Write the part out, without an alias to itself.");
            return;
        }
        Expand(target.Node, line, column, alias.Value.Value);
    }

    private void Expand(NodeData target, int line, int column, string name)
    {
        if (_tree.Stopped)
            return;
        if (++_expanded > limits.MaxAliasExpansion)
        {
            _tree.Stop(line, column, Rules.MaxAliasExpansion, $"The alias *{name} expands to more nodes than max_alias_expansion = {limits.MaxAliasExpansion} allows in one file.",
                "Write fewer aliases, or raise the limit.");
            return;
        }
        if (target.IsScalar)
        {
            _tree.Add(new NodeData(target.Kind, target.Text, line, column, target.IsPlain));
            return;
        }
        _tree.Open(new NodeData(target.Kind, line, column));
        for (var i = 0; i < target.Count && !_tree.Stopped; i++)
        {
            var held = _tree.Held(target, i);
            if (held.Key is { } key)
                _tree.SetKey(key, line, column);
            Expand(held, line, column, name);
        }
        if (!_tree.Stopped)
            _tree.Close();
    }

    private void SetKey(string text, Mark mark)
    {
        var (line, column) = At(mark);
        _tree.SetKey(text, line, column);
    }

    private Anchored? Anchor(NodeEvent e, in NodeData node) =>
        e.Anchor.IsEmpty ? null : _anchors[e.Anchor.Value] = new Anchored(node);

    private void CheckTag(NodeEvent e, string expected)
    {
        if (e.Tag.IsEmpty || e.Tag.IsNonSpecific || e.Tag.Value == YamlTags.Core + expected)
            return;
        var (line, column) = At(e.Start);
        sink.Error(line, column, _tree.PointerHere, Rules.UnknownTag, $"The tag {e.Tag.Value} is not one of YAML's core schema.", "Leave the tag out.");
    }

    private void CheckCharacters(string text, int line, int column)
    {
        if (text.Contains('\0'))
            sink.Error(line, column, _tree.PointerHere, Rules.Nul, "The string holds a NUL character.", "Remove \\0 from the string.");
    }

    private void ComplexKey(Mark mark)
    {
        var (line, column) = At(mark);
        sink.Error(line, column, _tree.PointerHere, Rules.ComplexKey, "A key is a list or a mapping; JSON knows only text as key.", "Use a plain key.");
    }

    private void Report(Mark mark, string reason)
    {
        var (line, column) = At(mark);
        if (Unclosed.Quote(map, line, reason) is { } quote)
            Syntax(quote.Line, quote.Column, "this text has no closing quote", advice: "Close it, or put a quote that belongs to it behind a backslash.");
        else if (_flow is { } flow && Unclosed.Bracket(map, flow, line))
            Syntax((int)flow.Line, (int)flow.Column, "what begins here has no closing bracket", advice: "Close it.");
        else if (SyntaxSuspects.Tab(map, line, reason) is { } tab)
            Syntax(tab.Line, tab.Column, "a tab stands in the indentation", advice: "Indent with spaces.");
        else if (SyntaxSuspects.Misaligned(map, line, reason) is { } block)
            Syntax(block.Line, block.Column, "this is not indented like the lines around it", advice: "Align it with them.");
        else if (SyntaxSuspects.NoKey(map, line, reason) is { } text)
            Syntax(text.Line, text.Column, "this is no key, and no value either", advice: "Write a colon and a space behind the key.");
        else
            Syntax(line, column, reason);
    }

    private void Syntax(
        int line, int column, string reason, string rule = Rules.Syntax, string advice = "Mend the syntax at this place.") =>
        sink.Error(line, column, _tree.PointerHere, rule, $"This is not YAML: {reason.TrimEnd('.')}.", advice, "syntax");

    /// <summary>The scanner knows no place for what nobody wrote, such as a mapping around <c>[: 1]</c>; it is where the last thing was.</summary>
    private (int Line, int Column) At(Mark mark)
    {
        if (mark.Index > 0)
            _last = mark;
        return ((int)_last.Line, (int)_last.Column);
    }

    /// <summary>What an anchor names. A sequence or mapping holds nothing before it is closed.</summary>
    private sealed class Anchored(NodeData node)
    {
        public NodeData Node { get; set; } = node;
    }
}
