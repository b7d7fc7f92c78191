namespace Planning.Postgres.Reads;

/// <summary>Texts as PostgreSQL writes an array of them: rows of arrays of differing lengths cannot be sent as one array.</summary>
internal static class ArrayText
{
    public static string Of(IEnumerable<string> texts) =>
        $"{{{string.Join(',', texts.Select(text => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""))}}}";
}
