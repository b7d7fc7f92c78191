using System.Text.RegularExpressions;

namespace Planning.Artifacts.Schema;

/// <summary>A regular expression of ECMAScript, read once and bounded in time.</summary>
internal sealed class Pattern
{
    /// <summary>Matches after which a pattern is worth machine code of its own, which takes milliseconds to make.</summary>
    private const int MatchesUntilCompiled = 500;

    private Regex _regex;
    private int _matches;

    private Pattern(string text, Regex regex)
    {
        Text = text;
        _regex = regex;
    }

    /// <summary>The expression as the schema has it.</summary>
    public string Text { get; }

    /// <summary>The pattern, or null where the text is no regular expression.</summary>
    public static Pattern? TryCreate(string text, TimeSpan timeout)
    {
        try
        {
            return new Pattern(text, new Regex(EcmaScriptPattern.Translate(text), RegexOptions.CultureInvariant, timeout));
        }
        catch (Exception error) when (error is ArgumentException or FormatException or OverflowException)
        {
            return null;
        }
    }

    /// <summary>True or false, or null where the match took too long now or before in this evaluation.</summary>
    public bool? Match(string text, Evaluation run)
    {
        if (run.HasTimedOut(this))
            return null;
        // Two threads may count as one; what matters is that busy patterns get there.
        if (_matches < MatchesUntilCompiled && ++_matches == MatchesUntilCompiled)
            _regex = new Regex(_regex.ToString(), _regex.Options | RegexOptions.Compiled, _regex.MatchTimeout);
        try
        {
            return _regex.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            run.TimeOut(this);
            return null;
        }
    }
}
