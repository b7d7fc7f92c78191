namespace Planning.Engine.Tests.Gates.Faults;

/// <summary>One fault in one file of the example.</summary>
/// <param name="Kind">What kind of fault it is.</param>
/// <param name="Line">The 1-based line that is wrong.</param>
/// <param name="Text">The whole file with the fault.</param>
/// <param name="Rules">What may be found there: rule ids, or their beginnings.</param>
internal sealed record SeededFault(string Kind, string File, int Line, string Text, string[] Rules);

/// <summary>A file as lines, to change one of them.</summary>
internal sealed class Lines(string file, Random random)
{
    private readonly List<string> lines = [.. ExamplePlan.Files[file].TrimEnd('\n').Split('\n')];

    public string this[int index] => lines[index];

    /// <summary>A random line that fits.</summary>
    public int Pick(Func<string, bool> fits)
    {
        var all = Enumerable.Range(0, lines.Count).Where(i => fits(lines[i])).ToArray();
        return all[random.Next(all.Length)];
    }

    /// <summary>The last line before one that fits.</summary>
    public int Before(int index, Func<string, bool> fits) => Enumerable.Range(0, index).Last(i => fits(lines[i]));

    public Lines Set(int index, string text)
    {
        lines[index] = text;
        return this;
    }

    public Lines Insert(int index, string text)
    {
        lines.Insert(index, text);
        return this;
    }

    public Lines Remove(int index)
    {
        lines.RemoveAt(index);
        return this;
    }

    public SeededFault Fault(string kind, int index, params string[] rules) => new(kind, file, index + 1, string.Join('\n', lines) + "\n", rules);
}
