using System.Runtime.CompilerServices;
using Planning.Artifacts.Documents;

namespace Planning.Artifacts.Schema;

/// <summary>What one evaluation carries along: the dynamic scope and the patterns that ran out of time.</summary>
internal sealed class Evaluation
{
    /// <summary>Schemas that apply one inside the other; far above real schemas, and below the end of the stack.</summary>
    private const int MaxDepth = 1_000;

    private int _depth;

    /// <summary>The resources that were entered, outermost first.</summary>
    public List<SchemaScope> Scope { get; } = [];

    /// <summary>Patterns that timed out once are not tried again in this evaluation.</summary>
    public HashSet<object> TimedOut { get; } = new(ReferenceEqualityComparer.Instance);

    public bool Enter() => ++_depth <= MaxDepth && RuntimeHelpers.TryEnsureSufficientExecutionStack();

    public void Leave() => _depth--;
}

/// <summary>A resource with its dialect and its compiled dynamic anchors.</summary>
internal sealed class SchemaScope(SchemaResource resource, SchemaDialect dialect)
{
    public SchemaResource Resource { get; } = resource;

    public SchemaDialect Dialect { get; } = dialect;

    public Dictionary<string, CompiledSchema> DynamicAnchors { get; } = new(StringComparer.Ordinal);
}

/// <summary>Which entries or items of one instance some keyword has looked at; only kept where unevaluated* asks for it.</summary>
internal sealed class Evaluated(int count)
{
    private readonly bool[] _marks = new bool[count];

    public static Evaluated For(DocumentNode instance) => new(instance switch
    {
        MappingNode mapping => mapping.Entries.Count,
        SequenceNode sequence => sequence.Items.Count,
        _ => 0,
    });

    public Evaluated Fresh() => new(_marks.Length);

    public bool this[int index] => _marks[index];

    public void Mark(int index) => _marks[index] = true;

    public void MarkFirst(int count) => _marks.AsSpan(0, Math.Min(count, _marks.Length)).Fill(true);

    public void Merge(Evaluated other)
    {
        for (var i = 0; i < _marks.Length; i++)
            _marks[i] |= other._marks[i];
    }
}

/// <summary>One broken keyword at one place of the instance.</summary>
internal sealed record SchemaProblem(
    DocumentNode Node, int Line, int Column, string Pointer, string Keyword, string Location, string Message, string Advice);
