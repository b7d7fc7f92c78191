namespace Planning.Artifacts.Schema;

/// <summary>Tells names that differ by a slip of the pen.</summary>
internal static class Spelling
{
    /// <summary>True when at most two letters are wrong, missing or too many.</summary>
    public static bool IsNear(string left, string right)
    {
        if (Math.Abs(left.Length - right.Length) > 2 || Math.Min(left.Length, right.Length) < 4 || Math.Max(left.Length, right.Length) > 64)
            return false;
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var change = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, 1 + Math.Min(row[j], row[j - 1]));
            }
        }
        return row[right.Length] <= 2;
    }
}
