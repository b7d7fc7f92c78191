using System.Text;
using Planning.Engine.Gates;

namespace Planning.Scripts.Contract;

/// <summary>Where an artifact has lines, columns and nodes. Lines end at LF, CR LF or CR; one begins after the last of them, too.</summary>
internal sealed class ArtifactPlaces(GateArtifact artifact)
{
    private int[]? lengths;

    /// <summary>Where a JSON pointer leads; null where there is nothing. The empty one leads to the beginning of any file.</summary>
    public (int Line, int Column)? Find(string pointer) =>
        pointer.Length == 0 ? (1, 1) : artifact.Parsed.Root?.At(pointer) is { } node ? (node.Line, node.Column) : null;

    /// <summary>The place behind the last character of a line counts as one.</summary>
    public bool Has(int line, int column)
    {
        lengths ??= Measure(Encoding.UTF8.GetString(artifact.Content.Bytes.Span));
        return line >= 1 && line <= lengths.Length && column >= 1 && column <= lengths[line - 1] + 1;
    }

    private static int[] Measure(string text)
    {
        var lines = new List<int>();
        var rest = text.AsSpan();
        while (rest.IndexOfAny('\r', '\n') is var end and >= 0)
        {
            lines.Add(end);
            rest = rest[(rest[end..].StartsWith("\r\n") ? end + 2 : end + 1)..];
        }
        lines.Add(rest.Length);
        return [.. lines];
    }
}
