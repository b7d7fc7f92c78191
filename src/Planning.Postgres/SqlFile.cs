using System.Reflection;

namespace Planning.Postgres;

/// <summary>The statements of this assembly: every one lives in a file under Sql/.</summary>
internal static class SqlFile
{
    private static readonly Assembly Here = typeof(SqlFile).Assembly;

    /// <param name="name">Path under Sql/ without the ending: <c>log/append</c>.</param>
    public static string Read(string name)
    {
        using var stream = Here.GetManifestResourceStream(name + ".sql")
            ?? throw new ArgumentException($"There is no Sql/{name}.sql in {Here.GetName().Name}.", nameof(name));
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    public static IEnumerable<string> NamesUnder(string folder) =>
        Here.GetManifestResourceNames()
            .Where(name => name.StartsWith(folder + "/", StringComparison.Ordinal))
            .Select(name => name[..^".sql".Length]);
}
