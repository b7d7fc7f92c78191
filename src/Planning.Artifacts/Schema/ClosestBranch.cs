using Planning.Artifacts.Documents;

namespace Planning.Artifacts.Schema;

/// <summary>Picks from failed alternatives the one that its author most likely meant.</summary>
internal static class ClosestBranch
{
    /// <summary>Problems of the closest branch that are worth a line each.</summary>
    private const int MaxLines = 3;

    private const int WrongForm = 1_000;
    private const int WrongMarker = 100;

    public static void Report(
        Keyword keyword, CompiledSchema[] branches, DocumentNode instance, Evaluation run, List<SchemaProblem> problems)
    {
        List<SchemaProblem>? best = null;
        var bestScore = int.MaxValue;
        foreach (var branch in branches)
        {
            var found = new List<SchemaProblem>();
            branch.Evaluate(instance, run, null, found);
            var score = found.Sum(problem => Weight(problem, instance));
            if (score >= bestScore)
                continue;
            (best, bestScore) = (found, score);
        }
        if (best is null || bestScore >= WrongForm)
        {
            problems.Add(Keyword.Problem(
                instance, keyword.Name, keyword.Location, $"This fits none of the {branches.Length} forms that are allowed here.{Hint(best)}",
                "Write one of the allowed forms."));
            return;
        }
        problems.AddRange(best.Take(MaxLines).Select(problem => problem with
        {
            Message = branches.Length == 1 ? problem.Message : $"{problem.Message} (Judged by the closest of {branches.Length} alternatives.)",
        }));
    }

    private static string Hint(List<SchemaProblem>? best) => best is [var first, ..] ? $" The closest says: {first.Message}" : "";

    /// <summary>Another type means another branch; another constant in a field is a branch's marker.</summary>
    private static int Weight(SchemaProblem problem, DocumentNode instance) => problem.Keyword switch
    {
        "type" or "false" when problem.Node == instance => WrongForm,
        "const" or "enum" when problem.Node == instance => WrongForm,
        "const" or "enum" when problem.Node.Parent == instance => WrongMarker,
        _ => 1,
    };
}
