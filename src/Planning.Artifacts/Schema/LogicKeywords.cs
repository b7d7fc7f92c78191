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

/// <summary>anyOf and oneOf; on failure the branch that came closest speaks.</summary>
internal sealed class AlternativesKeyword : Keyword
{
    public required CompiledSchema[] Branches { get; init; }

    public required bool ExactlyOne { get; init; }

    public override bool Evaluate(DocumentNode instance, Evaluation run, Evaluated? evaluated, List<SchemaProblem>? problems)
    {
        var matched = new List<int>();
        for (var i = 0; i < Branches.Length; i++)
        {
            var marks = evaluated?.Fresh();
            if (!Branches[i].Evaluate(instance, run, marks, null))
                continue;
            matched.Add(i + 1);
            if (marks is not null)
                evaluated!.Merge(marks);
            // Further matches matter only to oneOf and to those who ask what was evaluated.
            if (!ExactlyOne && evaluated is null)
                return true;
        }
        if (matched.Count == 1 || (matched.Count > 1 && !ExactlyOne))
            return true;
        if (problems is null)
            return false;
        if (matched.Count > 1)
        {
            return Fail(
                instance, problems, $"{Subject(instance)} fits alternatives {string.Join(" and ", matched)} of {Branches.Length}, but exactly one may fit.",
                "Write it so that it is clear which one is meant.");
        }
        ClosestBranch.Report(this, Branches, instance, run, problems);
        return false;
    }
}

/// <summary>not.</summary>
internal sealed class NotKeyword : Keyword
{
    public required CompiledSchema Schema { get; init; }

    public override bool Evaluate(DocumentNode instance, Evaluation run, Evaluated? evaluated, List<SchemaProblem>? problems) =>
        !Schema.Evaluate(instance, run, null, null)
        || Fail(instance, problems, $"{Subject(instance)} has a form that is not allowed here.", "Change it; the schema's 'not' says what it must not be.");
}

/// <summary>if, then and else.</summary>
internal sealed class IfKeyword : Keyword
{
    public required CompiledSchema If { get; init; }

    public required CompiledSchema? Then { get; init; }

    public required CompiledSchema? Else { get; init; }

    public override bool Evaluate(DocumentNode instance, Evaluation run, Evaluated? evaluated, List<SchemaProblem>? problems)
    {
        var marks = evaluated?.Fresh();
        if (!If.Evaluate(instance, run, marks, null))
            return Else?.Evaluate(instance, run, evaluated, problems) ?? true;
        if (marks is not null)
            evaluated!.Merge(marks);
        return Then?.Evaluate(instance, run, evaluated, problems) ?? true;
    }
}
