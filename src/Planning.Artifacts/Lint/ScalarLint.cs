using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.Core.Events;

namespace Planning.Artifacts.Lint;

/// <summary>Plain scalars that do not mean everywhere what they seem to mean.</summary>
internal static partial class ScalarLint
{
    public static void Check(Scalar scalar, FindingSink sink, Severity form)
    {
        var text = scalar.Value;
        if (text.Length is 0 or > 64)
            return;
        var (line, column) = ((int)scalar.Start.Line, (int)scalar.Start.Column);
        if (IsTruthy(text))
            sink.Error(line, column, "", LintRules.Truthy, $"'{text}' is a boolean to some readers and text to others.", "Write true or false, or put it in quotes.");
        else if (text == "<<")
            sink.Add(line, column, "", LintRules.MergeKey, form, "The key << merges nothing in YAML 1.2.", "Write the keys out.");
        else if (Octal().IsMatch(text))
            sink.Error(line, column, "", LintRules.Octal, $"'{text}' is octal to some readers and decimal to others.", "Leave the leading zero out, or put it in quotes.");
        else if (DateLike().Match(text) is { Success: true } match && !IsDate(match))
            sink.Error(line, column, "", LintRules.Date, $"'{text}' looks like a date, but is none.", "Write it as year-month-day with a day that exists, or put it in quotes.");
    }

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

    [GeneratedRegex(@"^[-+]?0[0-9_]+\z", RegexOptions.None, 250)]
    private static partial Regex Octal();

    [GeneratedRegex(@"^(?<date>[0-9]{4}-[0-9]{1,2}-[0-9]{1,2})([Tt ](?<time>[0-9].*))?\z", RegexOptions.ExplicitCapture, 250)]
    private static partial Regex DateLike();
}
