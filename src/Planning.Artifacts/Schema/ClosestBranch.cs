using Planning.Artifacts.Documents;

namespace Planning.Artifacts.Schema;

/// <summary>
/// Says what is wrong where no alternative fits. Where all of them want another form, or another value of the field that tells them
/// apart, one finding names what is allowed; where all say the same, that is said; else the one speaks that its author most likely meant.
/// </summary>
internal static class ClosestBranch
{
    /// <summary>Problems of the closest branch that are worth a line each.</summary>
    private const int MaxLines = 3;

    private const int WrongForm = 1_000;
    private const int WrongMarker = 100;

    public static void Report(
        Keyword keyword, CompiledSchema[] branches, DocumentNode instance, Evaluation run, List<SchemaProblem> problems)
    {
        var found = branches.Select(branch => ProblemsOf(branch, instance, run)).ToList();
        var best = found.MinBy(of => Score(of, instance))!;
        if (found.TrueForAll(of => of.Exists(problem => IsWrongForm(problem, instance))))
        {
            problems.Add(Merged(keyword, found.Select(of => of.First(problem => IsWrongForm(problem, instance))), instance));
            return;
        }
        if (best.Find(problem => IsWrongMarker(problem, instance)) is { Node: var marker } && found.TrueForAll(of => DeniesOrIsOut(of, marker, instance)))
        {
            problems.Add(Merged(keyword, found.Select(of => of.Find(problem => problem.Node == marker && IsWrongMarker(problem, instance))).OfType<SchemaProblem>(), marker));
            return;
        }
        var isChosen = found.Exists(of => Score(of, instance) >= WrongMarker);
        var shared = isChosen ? [] : best.FindAll(problem => found.TrueForAll(of => of.Exists(problem.IsSameAs)));
        problems.AddRange(shared.Count > 0 ? shared.Take(MaxLines) : best.Take(MaxLines).Select(problem => problem with
        {
            Message = branches.Length == 1 ? problem.Message : $"{problem.Message} (Judged by the closest of {branches.Length} alternatives.)",
        }));
    }

    private static List<SchemaProblem> ProblemsOf(CompiledSchema branch, DocumentNode instance, Evaluation run)
    {
        var found = new List<SchemaProblem>();
        branch.Evaluate(instance, run, null, found);
        return found;
    }

    /// <summary>One finding for what several branches want at one place.</summary>
    private static SchemaProblem Merged(Keyword keyword, IEnumerable<SchemaProblem> problems, DocumentNode node)
    {
        var expected = Expectation.Any(problems.Select(problem => problem.Expected).OfType<Expectation>());
        return Keyword.Problem(
            node, keyword.Name, keyword.Location, expected.Forms.Count > 0 ? expected.Denies(node) : "Nothing is allowed here.",
            expected.AreValues ? "Write one of these values." : "Write one of the allowed forms.") with { Expected = expected };
    }

    private static bool DeniesOrIsOut(List<SchemaProblem> of, DocumentNode marker, DocumentNode instance) =>
        of.Exists(problem => IsWrongForm(problem, instance) || (problem.Node == marker && IsWrongMarker(problem, instance)));

    private static int Score(List<SchemaProblem> of, DocumentNode instance) =>
        of.Sum(problem => IsWrongForm(problem, instance) ? WrongForm : IsWrongMarker(problem, instance) ? WrongMarker : 1);

    /// <summary>Another type or value of the whole means another branch.</summary>
    private static bool IsWrongForm(SchemaProblem problem, DocumentNode instance) =>
        problem.Node == instance && (problem.Expected is not null || problem.Keyword == "false");

    /// <summary>Another constant in a field means another branch.</summary>
    private static bool IsWrongMarker(SchemaProblem problem, DocumentNode instance) =>
        problem.Node.Parent == instance && problem.Expected is { AreValues: true };
}
