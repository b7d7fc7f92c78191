using System.Globalization;
using System.Text;

namespace Planning.Client.Http;

/// <summary>Addresses, with every part escaped.</summary>
internal static class Paths
{
    public static string Plan(string planId, string rest = "") => $"/v1/plans/{Escape(planId)}{rest}";

    /// <summary>Slashes of a name stay: they are folders.</summary>
    public static string Name(string name) => string.Join('/', name.Split('/').Select(Escape));

    public static string Escape(string part) => Uri.EscapeDataString(part);

    public static string Query(string path, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var text = new StringBuilder(path);
        var separator = '?';
        foreach (var (name, value) in parameters)
        {
            if (value is null)
                continue;
            text.Append(separator).Append(name).Append('=').Append(Escape(value is bool flag ? (flag ? "true" : "false") : Convert.ToString(value, CultureInfo.InvariantCulture)!));
            separator = '&';
        }
        return text.ToString();
    }
}
