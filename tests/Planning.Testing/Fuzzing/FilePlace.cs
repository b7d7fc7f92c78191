using System.Text;

namespace Planning.Testing.Fuzzing;

/// <summary>Where a finding may point: at a character of the file, or just behind one of its lines.</summary>
public static class FilePlace
{
    public static bool IsInside(ReadOnlySpan<byte> file, int line, int column)
    {
        var lines = Encoding.UTF8.GetString(file).TrimStart('\uFEFF').Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n');
        return line >= 1 && line <= lines.Length && column >= 1 && column <= lines[line - 1].Length + 2;
    }
}
