using System.Globalization;
using System.Text;

namespace Planning.Client.Http;

/// <summary>Addresses below the server's own, with every part escaped, so that an id never leads to another route.</summary>
internal static class Paths
{
    public static string Plan(string planId, string rest = "") => $"v1/plans/{Escape(planId)}{rest}";

    /// <summary>Slashes of a name stay: they are folders.</summary>
    public static string Name(string name) => string.Join('/', name.Split('/').Select(Escape));

    public static string Escape(string part)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(part);
        // Dots would be resolved on the way, escaped or not.
        return part is "." or ".." ? throw new ArgumentException($"'{part}' is no id and no name.", nameof(part)) : Uri.EscapeDataString(part);
    }

    public static string Query(string path, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var text = new StringBuilder(path);
        var separator = '?';
        foreach (var (name, value) in parameters)
        {
            if (value is null)
                continue;
            var shown = value is bool flag ? (flag ? "true" : "false") : Convert.ToString(value, CultureInfo.InvariantCulture)!;
            text.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(shown));
            separator = '&';
        }
        return text.ToString();
    }
}
