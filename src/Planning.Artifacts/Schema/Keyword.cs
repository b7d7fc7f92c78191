using Planning.Artifacts.Documents;

namespace Planning.Artifacts.Schema;

/// <summary>One keyword of one schema.</summary>
internal abstract class Keyword
{
    /// <summary>Name of the keyword, which is also the rule's name after <c>schema.</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Address and pointer of the keyword.</summary>
    public required string Location { get; init; }

    /// <summary>True for unevaluatedItems and unevaluatedProperties, which apply last.</summary>
    public virtual bool IsUnevaluated => false;

    /// <summary>Judges an instance; see <see cref="CompiledSchema.Evaluate"/>.</summary>
    public abstract bool Evaluate(DocumentNode instance, Evaluation run, Evaluated? evaluated, List<SchemaProblem>? problems);

    public static SchemaProblem Problem(DocumentNode node, string keyword, string location, string message, string advice) =>
        new(node, node.Line, node.Column, node.Pointer, keyword, location, message, advice);

    /// <summary>Reports at the instance and fails. Who only asks whether an instance is valid gets no sentence, and pays for none.</summary>
    protected bool Fail(DocumentNode node, List<SchemaProblem> problems, string message, string advice)
    {
        problems.Add(Problem(node, Name, Location, message, advice));
        return false;
    }

    /// <summary>Reports at the key of an entry and fails.</summary>
    protected bool FailAtKey(MappingEntry entry, List<SchemaProblem> problems, string message, string advice)
    {
        problems.Add(new SchemaProblem(entry.Value, entry.KeyLine, entry.KeyColumn, entry.Value.Pointer, Name, Location, message, advice));
        return false;
    }

    /// <summary>How to call a node in a sentence.</summary>
    protected static string Subject(DocumentNode node) =>
        node.Key is { } key ? $"'{key}'" : node.Parent is null ? "The document" : $"Element {node.Index}";
}
