using Planning.Artifacts.Documents;

namespace Planning.Artifacts.Schema;

/// <summary>A JSON Schema of draft 7 or draft 2020-12, compiled once and then used by any number of threads.</summary>
public sealed class JsonSchema
{
    private readonly CompiledSchema _root;
    private readonly SchemaOptions _options;

    private JsonSchema(CompiledSchema root, SchemaOptions options)
    {
        _root = root;
        _options = options;
    }

    /// <summary>Compiles a schema from the bytes of a JSON or YAML file; the name decides which.</summary>
    /// <param name="bytes">The schema.</param>
    /// <param name="fileName">Name for findings, such as be_backlog.v1.json.</param>
    /// <param name="registry">The schemas that references may lead to.</param>
    /// <param name="options">How to compile; <see cref="SchemaOptions.Default"/> when null.</param>
    /// <exception cref="ArgumentOutOfRangeException">The options themselves are wrong.</exception>
    public static ReadResult<JsonSchema> Compile(
        ReadOnlyMemory<byte> bytes, string fileName, SchemaRegistry registry, SchemaOptions? options = null)
    {
        var parsed = ArtifactParser.Parse(bytes, fileName);
        if (parsed.Root is { } root && parsed.Ok)
            return Compile(root, fileName, registry, options);
        return new ReadResult<JsonSchema>(null, parsed.Findings);
    }

    /// <summary>Compiles a parsed schema, which may be a part of a larger document. A schema with any fault has no value, so that nothing passes by mistake.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The options themselves are wrong.</exception>
    public static ReadResult<JsonSchema> Compile(
        DocumentNode root, string fileName, SchemaRegistry registry, SchemaOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(registry);
        options ??= SchemaOptions.Default;
        options.Validate();
        var sink = new FindingSink(fileName, options.MaxFindings);
        var compiled = new SchemaCompiler(registry, options, sink).CompileRoot(root.Parent is null ? root : root.Detach());
        return new ReadResult<JsonSchema>(sink.Findings.Count == 0 ? new JsonSchema(compiled, options) : null, sink.Findings);
    }

    /// <summary>True when the instance is valid; stops at the first fault.</summary>
    public bool IsValid(DocumentNode instance)
    {
        var run = new Evaluation(_options.MaxSteps);
        return _root.Evaluate(instance, run, null, null) && run.GivenUp is null;
    }

    /// <summary>Judges an instance. Each finding has the rule <c>schema.&lt;keyword&gt;</c>, the place in the instance
    /// and, as <see cref="Finding.SchemaLocation"/>, the place in the schema.</summary>
    /// <param name="instance">The root of the instance.</param>
    /// <param name="fileName">Name of the instance for findings.</param>
    public IReadOnlyList<Finding> Evaluate(DocumentNode instance, string fileName)
    {
        if (IsValid(instance))
            return [];
        var problems = new List<SchemaProblem>();
        var run = new Evaluation(_options.MaxSteps);
        _root.Evaluate(instance, run, null, problems);
        if (run.GivenUp is { } reason)
            problems = [reason];
        var findings = problems
            .DistinctBy(problem => (problem.Pointer, problem.Keyword, problem.Message))
            .OrderBy(problem => problem.Line).ThenBy(problem => problem.Column)
            .Select(problem => new Finding(
                fileName, problem.Line, problem.Column, problem.Pointer, "schema." + problem.Keyword.TrimStart('$'), Severity.Error,
                problem.Message, problem.Advice) { SchemaLocation = problem.Location })
            .ToList();
        if (findings.Count <= _options.MaxFindings)
            return findings;
        var last = findings[_options.MaxFindings];
        return
        [
            .. findings.Take(_options.MaxFindings),
            last with
            {
                Rule = Rules.MaxFindings, Severity = Severity.Warning, SchemaLocation = null,
                Message = $"More than max_findings = {_options.MaxFindings} findings; the rest is not listed.", Advice = "Mend the findings above and check again.",
            },
        ];
    }
}
