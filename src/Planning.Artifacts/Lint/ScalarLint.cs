using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.Core.Events;

namespace Planning.Artifacts.Lint;

/// <summary>Plain scalars that do not mean everywhere what they seem to mean.</summary>
internal static partial class ScalarLint
{
    public static LintFact? Check(Scalar scalar)
    {
        var text = scalar.Value;
        if (text.Length is 0 or > 64)
            return null;
        // A look at the first character spares most scalars the rest.
        return text[0] switch
        {
            'y' or 'Y' or 'n' or 'N' or 'o' or 'O' when IsTruthy(text) => Fact(
                scalar, LintRules.Truthy, $"'{text}' is a boolean to some readers and text to others.", "Write true or false, or put it in quotes."),
            '<' when text == "<<" => Fact(scalar, LintRules.MergeKey, "The key << merges nothing in YAML 1.2.", "Write the keys out."),
            '+' or '-' or '0' when Octal().IsMatch(text) => Fact(
                scalar, LintRules.Octal, $"'{text}' is octal to some readers, and decimal or text to others.",
                "Write the number in decimal digits without a leading zero, or put it in quotes."),
            >= '0' and <= '9' when DateLike().Match(text) is { Success: true } match && !IsDate(match) => Fact(
                scalar, LintRules.Date, $"'{text}' looks like a date, but is none.", "Write it as year-month-day with a day that exists, or put it in quotes."),
            '+' or '-' or (>= '0' and <= '9') when OldNumber().IsMatch(text) => Fact(
                scalar, LintRules.Number, $"'{text}' is a number to some readers and text to others.", "Write the number in plain digits, or put it in quotes."),
            _ => null,
        };
    }

    private static LintFact Fact(Scalar scalar, string rule, string message, string advice) =>
        new((int)scalar.Start.Line, (int)scalar.Start.Column, "", rule, IsForm: rule == LintRules.MergeKey, message, advice);

    private static bool IsTruthy(string text) =>
        text.Length <= 3 && text.ToLowerInvariant() is "yes" or "no" or "on" or "off"
        && (text.All(char.IsLower) || text.All(char.IsUpper) || (char.IsUpper(text[0]) && text.Skip(1).All(char.IsLower)));

    private static bool IsDate(Match match)
    {
        if (!DateOnly.TryParseExact(match.Groups["date"].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            return false;
        var time = match.Groups["time"];
        return !time.Success || Schema.Formats.Has("time", time.Value.Trim()) == true
            || TimeOnly.TryParse(time.Value.Trim(), CultureInfo.InvariantCulture, out _);
    }

    [GeneratedRegex(@"^[-+]?0(o[0-7_]+|[0-9_]+)\z", RegexOptions.ExplicitCapture, 250)]
    private static partial Regex Octal();

    /// <summary>What is a number in YAML 1.1 only: grouped digits (1_000), binary ones (0b101), base 60 (12:30:45).</summary>
    [GeneratedRegex(@"^[-+]?([1-9][0-9]*(_[0-9_]*(\.[0-9_]*)?|(:[0-5]?[0-9])+(\.[0-9_]*)?)|0b[01_]+|[0-9]+\.[0-9]*_[0-9_]*|0x[0-9a-fA-F]*_[0-9a-fA-F_]*)\z",
        RegexOptions.ExplicitCapture, 250)]
    private static partial Regex OldNumber();

    [GeneratedRegex(@"^(?<date>[0-9]{4}-[0-9]{1,2}-[0-9]{1,2})([Tt ](?<time>[0-9].*))?\z", RegexOptions.ExplicitCapture, 250)]
    private static partial Regex DateLike();
}
