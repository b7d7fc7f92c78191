namespace Planning.Artifacts.Schema;

/// <summary>Resolves the references of schemas. No address is ever opened.</summary>
internal static class SchemaUri
{
    /// <summary>Base of a schema without an id.</summary>
    public const string Anonymous = "planning:///anonymous-schema";

    /// <summary>The absolute address without fragment, and the fragment without its sign and percent encoding.</summary>
    public static (string Address, string Fragment) Resolve(string baseAddress, string reference)
    {
        var hash = reference.IndexOf('#');
        var fragment = hash < 0 ? "" : Uri.UnescapeDataString(reference[(hash + 1)..]);
        var relative = hash < 0 ? reference : reference[..hash];
        if (relative.Length == 0)
            return (baseAddress, fragment);
        // A leading slash is an absolute file path to Uri, but a reference within the base here.
        if (relative[0] != '/' && Uri.TryCreate(relative, UriKind.Absolute, out var absolute))
            return (absolute.AbsoluteUri, fragment);
        return Uri.TryCreate(baseAddress, UriKind.Absolute, out var parent) && Uri.TryCreate(parent, relative, out var joined)
            ? (joined.AbsoluteUri, fragment)
            : (relative, fragment);
    }

    /// <summary>The address of an id in the spelling that <see cref="Resolve"/> gives.</summary>
    public static string Normal(string address) => Resolve(Anonymous, address).Address;
}
