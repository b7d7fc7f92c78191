using System.Globalization;
using Planning.Artifacts;
using Planning.Artifacts.Documents;
using Planning.Domain.Expressions;

namespace Planning.Engine.Rulebooks;

/// <summary>
/// One file while it is read. What breaks the schema has been reported by the schema, so the accessors answer null there
/// and stay silent; <see cref="Report"/> is for what no schema can see.
/// </summary>
internal sealed class RulebookFile(ParsedArtifact parsed, List<Finding> findings)
{
    public string Name => parsed.FileName;

    public DocumentNode? Root => parsed.Root;

    public static string? Text(DocumentNode? node) => node is { Kind: NodeKind.String or NodeKind.Integer or NodeKind.Number, Text: var text } ? text : null;

    public static EntryList Entries(DocumentNode? node) => node?.Entries ?? default;

    /// <summary>The exact value of a number of ordinary size.</summary>
    public decimal? Number(DocumentNode? node)
    {
        if (node is not { Kind: NodeKind.Integer or NodeKind.Number } scalar)
            return null;
        if (decimal.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            return value;
        Report(scalar, RulebookRules.Number, $"{scalar.Text} cannot be computed with.", "Write a decimal number of up to 28 digits.");
        return null;
    }

    public DateOnly? Day(DocumentNode? node)
    {
        if (Text(node) is not { } text)
            return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        Report(node!.Value, RulebookRules.NoDay, $"{text} is no day of the calendar.", "Write it as year-month-day, such as 2027-01-31.");
        return null;
    }

    /// <summary>A checked formula; each of its errors is a finding at its own column.</summary>
    public Formula? Formula(DocumentNode? node, ExpressionScope scope, ExpressionType expected)
    {
        if (node is not { } scalar || Text(node) is not { } text)
            return null;
        if (Domain.Expressions.Formula.TryParse(text, scope, expected, out var formula, out var errors))
            return formula;
        foreach (var error in errors)
        {
            var (line, column, exact) = ScalarPosition.Of(parsed.Text ?? "", scalar, error.Column - 1);
            var where = exact ? "" : $" (character {error.Column} of the expression)";
            findings.Add(new Finding(Name, line, column, scalar.Pointer, RulebookRules.Formula, Severity.Error, error.Message + where, error.Advice));
        }
        return null;
    }

    /// <summary>A schema within the file that is broken in itself: findings that count their pointers from it.</summary>
    public void Report(DocumentNode root, IEnumerable<Finding> within) => findings.AddRange(within.Select(f => f with { Pointer = root.Pointer + f.Pointer }));

    public void Report(DocumentNode at, string rule, string message, string advice) =>
        findings.Add(new Finding(Name, at.Line, at.Column, at.Pointer, rule, Severity.Error, message, advice));
}
