namespace Planning.Domain.Expressions;

/// <summary>Finds the name that somebody probably meant.</summary>
public static class NearestName
{
    /// <summary>The known name with the fewest edits; null when none comes within a third of the name's length.</summary>
    public static string? Of(string written, IEnumerable<string> known)
    {
        var most = Math.Max(2, written.Length / 3);
        return known
            .Select(name => (Name: name, Edits: Edits(written, name)))
            .Where(candidate => candidate.Edits <= most)
            .OrderBy(candidate => candidate.Edits).ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();
    }

    /// <summary>A sentence that names the nearest, or else lists all.</summary>
    public static string Advice(string written, IReadOnlyCollection<string> known) => Of(written, known) switch
    {
        { } nearest => $"Did you mean {nearest}?",
        null when known.Count == 0 => "No name is known here.",
        null => $"Known are {string.Join(", ", known)}.",
    };

    private static int Edits(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.Length];
    }
}
