using Planning.Artifacts.Documents;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Planning.Artifacts.Lint;

/// <summary>Block collections should all be indented by the step that the first one uses; lists within mappings may
/// stand at the depth of their key, but then all of them should.</summary>
internal sealed class IndentationLint(string text, FindingSink sink, Severity form)
{
    private readonly Stack<(long Column, bool Block, bool Mapping)> _open = new();
    private readonly TextMap _map = TextMap.Of(text);
    private long? _step;
    private long? _listStep;

    public void Take(ParsingEvent current)
    {
        switch (current)
        {
            case MappingStart { Style: not MappingStyle.Flow } mapping:
                Open(mapping.Start, isMapping: true);
                break;
            case SequenceStart { Style: not SequenceStyle.Flow } sequence:
                Open(sequence.Start, isMapping: false);
                break;
            case MappingStart or SequenceStart:
                _open.Push((0, false, false));
                break;
            case MappingEnd or SequenceEnd:
                _open.Pop();
                break;
        }
    }

    private void Open(Mark start, bool isMapping)
    {
        if (_open.TryPeek(out var parent) && parent.Block && StartsItsLine(start))
        {
            var step = start.Column - parent.Column;
            if (!isMapping && parent.Mapping)
                Compare(ref _listStep, step, start);
            else
                Compare(ref _step, step, start);
        }
        _open.Push((start.Column, true, isMapping));
    }

    private void Compare(ref long? usual, long step, Mark start)
    {
        usual ??= step;
        if (step == usual)
            return;
        sink.Add(
            (int)start.Line, (int)start.Column, "", LintRules.Indentation, form,
            $"This is indented by {step}, but the file began with {usual}.", $"Indent it by {usual}.");
    }

    /// <summary>What begins behind a dash or an anchor has no indentation of its own.</summary>
    private bool StartsItsLine(Mark start) =>
        _map.Line((int)start.Line - 1)[..((int)start.Column - 1)].Trim(' ').IsEmpty;
}
