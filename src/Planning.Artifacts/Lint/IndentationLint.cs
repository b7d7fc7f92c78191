using Planning.Artifacts.Documents;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Planning.Artifacts.Lint;

/// <summary>Block collections should all be indented by the step that the first one uses; lists within mappings may
/// stand at the depth of their key, but then all of them should.</summary>
internal sealed class IndentationLint(TextMap map)
{
    private readonly Stack<(long Column, bool Block, bool Mapping)> _open = new();
    private long? _step;
    private long? _listStep;

    public LintFact? Take(ParsingEvent current)
    {
        switch (current)
        {
            case MappingStart { Style: not MappingStyle.Flow } mapping:
                return Open(mapping.Start, isMapping: true);
            case SequenceStart { Style: not SequenceStyle.Flow } sequence:
                return Open(sequence.Start, isMapping: false);
            case MappingStart or SequenceStart:
                _open.Push((0, false, false));
                return null;
            case MappingEnd or SequenceEnd:
                _open.Pop();
                return null;
            default:
                return null;
        }
    }

    private LintFact? Open(Mark start, bool isMapping)
    {
        LintFact? fact = null;
        if (_open.TryPeek(out var parent) && parent.Block && StartsItsLine(start))
        {
            var step = start.Column - parent.Column;
            fact = !isMapping && parent.Mapping ? Compare(ref _listStep, step, start) : Compare(ref _step, step, start);
        }
        _open.Push((start.Column, true, isMapping));
        return fact;
    }

    private static LintFact? Compare(ref long? usual, long step, Mark start)
    {
        usual ??= step;
        return step == usual ? null : new LintFact(
            (int)start.Line, (int)start.Column, "", LintRules.Indentation, IsForm: true,
            $"This is indented by {step}, but the file began with {usual}.", $"Indent it by {usual}.");
    }

    /// <summary>What begins behind a dash or an anchor has no indentation of its own.</summary>
    private bool StartsItsLine(Mark start) =>
        map.Line((int)start.Line - 1)[..((int)start.Column - 1)].Trim(' ').IsEmpty;
}
