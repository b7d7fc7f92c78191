using Planning.Artifacts.Documents;

namespace Planning.Artifacts.Schema;

/// <summary>anyOf and oneOf; on failure the branch that came closest speaks.</summary>
internal sealed class AlternativesKeyword : Keyword
{
    public required CompiledSchema[] Branches { get; init; }

    public required bool ExactlyOne { get; init; }

    public override bool Evaluate(DocumentNode instance, Evaluation run, Evaluated? evaluated, List<SchemaProblem>? problems)
    {
        var matches = 0;
        foreach (var branch in Branches)
        {
            if (!Matches(branch, instance, run, evaluated))
                continue;
            matches++;
            // Further matches matter only to oneOf and to those who ask what was evaluated.
            if (ExactlyOne ? matches > 1 : evaluated is null)
                break;
        }
        if (matches == 1 || (matches > 1 && !ExactlyOne))
            return true;
        if (problems is null)
            return false;
        if (matches == 0)
            ClosestBranch.Report(this, Branches, instance, run, problems);
        else
            Fail(instance, problems, TooMany(instance, run), "Write it so that it is clear which one is meant.");
        return false;
    }

    private static bool Matches(CompiledSchema branch, DocumentNode instance, Evaluation run, Evaluated? evaluated)
    {
        if (evaluated is null)
            return branch.Evaluate(instance, run, null, null);
        var marks = run.Rent(evaluated.Count);
        var matches = branch.Evaluate(instance, run, marks, null);
        if (matches)
            evaluated.Merge(marks);
        run.Return(marks);
        return matches;
    }

    private string TooMany(DocumentNode instance, Evaluation run)
    {
        var numbers = Enumerable.Range(1, Branches.Length).Where(number => Branches[number - 1].Evaluate(instance, run, null, null));
        return $"{Subject(instance)} fits alternatives {string.Join(" and ", numbers)} of {Branches.Length}, but exactly one may fit.";
    }
}
