using Planning.Artifacts.Documents;

namespace Planning.Artifacts.Schema;

/// <summary>pattern. A match that takes too long is a failure, never a pass.</summary>
internal sealed class PatternKeyword : Keyword
{
    public required Pattern Pattern { get; init; }

    public override bool Evaluate(DocumentNode instance, Evaluation run, Evaluated? evaluated, List<SchemaProblem>? problems)
    {
        if (instance.AsString is not { } text)
            return true;
        var matches = Pattern.Match(text, run);
        if (matches == true)
            return true;
        if (problems is null)
            return false;
        return matches switch
        {
            false => Fail(instance, problems, $"{Subject(instance)} does not match the pattern {Pattern.Text}.", "Write it in the form of the pattern."),
            _ => Fail(instance, problems, $"The pattern {Pattern.Text} took too long on a text of this document.", "Simplify the pattern, or shorten the text."),
        };
    }
}
