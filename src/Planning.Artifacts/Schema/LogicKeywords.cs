using Planning.Artifacts.Documents;

namespace Planning.Artifacts.Schema;

/// <summary>$ref: the schema that it leads to judges as if it stood here.</summary>
internal sealed class RefKeyword : Keyword
{
    public required CompiledSchema Target { get; init; }

    public override bool Evaluate(DocumentNode instance, Evaluation run, Evaluated? evaluated, List<SchemaProblem>? problems) =>
        Target.Evaluate(instance, run, evaluated, problems);
}

/// <summary>$dynamicRef: the outermost resource in scope that has the anchor decides; without an anchor, like $ref.</summary>
internal sealed class DynamicRefKeyword : Keyword
{
    public required CompiledSchema Initial { get; init; }

    public required string? Anchor { get; init; }

    public override bool Evaluate(DocumentNode instance, Evaluation run, Evaluated? evaluated, List<SchemaProblem>? problems)
    {
        var target = Initial;
        if (Anchor is not null)
        {
            foreach (var scope in run.Scope)
            {
                if (!scope.DynamicAnchors.TryGetValue(Anchor, out var outer))
                    continue;
                target = outer;
                break;
            }
        }
        return target.Evaluate(instance, run, evaluated, problems);
    }
}

/// <summary>allOf.</summary>
internal sealed class AllOfKeyword : Keyword
{
    public required CompiledSchema[] Branches { get; init; }

    public override bool Evaluate(DocumentNode instance, Evaluation run, Evaluated? evaluated, List<SchemaProblem>? problems)
    {
        var ok = true;
        foreach (var branch in Branches)
        {
            ok &= branch.Evaluate(instance, run, evaluated, problems);
            if (!ok && problems is null)
                return false;
        }
        return ok;
    }
}

/// <summary>not.</summary>
internal sealed class NotKeyword : Keyword
{
    public required CompiledSchema Schema { get; init; }

    public override bool Evaluate(DocumentNode instance, Evaluation run, Evaluated? evaluated, List<SchemaProblem>? problems) =>
        !Schema.Evaluate(instance, run, null, null)
        || (problems is not null && Fail(instance, problems, $"{Subject(instance)} has a form that is not allowed here.", "Change it; the schema's 'not' says what it must not be."));
}

/// <summary>if, then and else.</summary>
internal sealed class IfKeyword : Keyword
{
    public required CompiledSchema If { get; init; }

    public required CompiledSchema? Then { get; init; }

    public required CompiledSchema? Else { get; init; }

    public override bool Evaluate(DocumentNode instance, Evaluation run, Evaluated? evaluated, List<SchemaProblem>? problems)
    {
        var marks = evaluated is null ? null : run.Rent(evaluated.Count);
        var holds = If.Evaluate(instance, run, marks, null);
        if (marks is not null)
        {
            if (holds)
                evaluated!.Merge(marks);
            run.Return(marks);
        }
        if (!holds)
            return Else?.Evaluate(instance, run, evaluated, problems) ?? true;
        return Then?.Evaluate(instance, run, evaluated, problems) ?? true;
    }
}
