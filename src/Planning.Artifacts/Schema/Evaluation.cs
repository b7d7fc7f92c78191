using System.Runtime.CompilerServices;
using Planning.Artifacts.Documents;

namespace Planning.Artifacts.Schema;

/// <summary>What one evaluation carries along: the dynamic scope, the patterns that ran out of time, and memory to use again.</summary>
internal sealed class Evaluation
{
    /// <summary>Schemas that apply one inside the other; far above real schemas, and below the end of the stack.</summary>
    private const int MaxDepth = 1_000;

    /// <summary>The stack is measured at every so manyth schema.</summary>
    private const int StackStride = 16;

    private readonly Stack<Evaluated> _free = new();
    private ScalarNode? _name;
    private HashSet<Pattern>? _timedOut;
    private int _depth;

    /// <summary>The resources that were entered, outermost first.</summary>
    public List<SchemaScope> Scope { get; } = [];

    public bool Enter() => ++_depth <= MaxDepth && (_depth % StackStride != 0 || RuntimeHelpers.TryEnsureSufficientExecutionStack());

    public void Leave() => _depth--;

    /// <summary>Patterns that timed out once are not tried again in this evaluation.</summary>
    public bool HasTimedOut(Pattern pattern) => _timedOut is not null && _timedOut.Contains(pattern);

    public void TimeOut(Pattern pattern) => (_timedOut ??= []).Add(pattern);

    /// <summary>Marks for an instance, none set; to give back.</summary>
    public Evaluated Rent(DocumentNode instance) => Rent(instance switch
    {
        MappingNode mapping => mapping.Span.Length,
        SequenceNode sequence => sequence.Span.Length,
        _ => 0,
    });

    /// <summary>Marks for as many; to give back.</summary>
    public Evaluated Rent(int count)
    {
        var marks = _free.TryPop(out var used) ? used : new Evaluated();
        marks.Reset(count);
        return marks;
    }

    public void Return(Evaluated marks) => _free.Push(marks);

    /// <summary>A key as an instance. There is one, which bears each name in turn, for names hold nothing that is judged while they are.</summary>
    public ScalarNode NameOf(string key)
    {
        _name ??= new ScalarNode(NodeKind.String, key, 0, 0, plain: false);
        _name.Text = key;
        return _name;
    }
}

/// <summary>A resource with its dialect and its compiled dynamic anchors.</summary>
internal sealed class SchemaScope(SchemaResource resource, SchemaDialect dialect)
{
    public SchemaResource Resource { get; } = resource;

    public SchemaDialect Dialect { get; } = dialect;

    public Dictionary<string, CompiledSchema> DynamicAnchors { get; } = new(StringComparer.Ordinal);
}

/// <summary>Which entries or items of one instance some keyword has looked at; only kept where unevaluated* asks for it.</summary>
internal sealed class Evaluated
{
    private bool[] _marks = [];

    public int Count { get; private set; }

    public bool this[int index] => _marks[index];

    public void Reset(int count)
    {
        if (_marks.Length < count)
            _marks = new bool[Math.Max(count, 2 * _marks.Length)];
        else
            _marks.AsSpan(0, count).Clear();
        Count = count;
    }

    public void Mark(int index) => _marks[index] = true;

    public void MarkFirst(int count) => _marks.AsSpan(0, Math.Min(count, Count)).Fill(true);

    public void Merge(Evaluated other)
    {
        for (var i = 0; i < Count; i++)
            _marks[i] |= other._marks[i];
    }
}

/// <summary>One broken keyword at one place of the instance.</summary>
internal sealed record SchemaProblem(
    DocumentNode Node, int Line, int Column, string Pointer, string Keyword, string Location, string Message, string Advice);
