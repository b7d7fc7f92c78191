using System.Text.RegularExpressions;

namespace Planning.Gateway.Identity;

/// <summary>Names of groups, as keys and environments have them.</summary>
internal static partial class GroupNames
{
    public const string Form = "1 to 64 letters, digits, '.', '_' or '-', beginning with a letter or digit";

    public static bool IsValid(string name) => Allowed().IsMatch(name);

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Allowed();
}
