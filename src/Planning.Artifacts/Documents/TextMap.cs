using System.Buffers;
using System.Text;

namespace Planning.Artifacts.Documents;

/// <summary>The decoded text of a file with the places where its lines begin.</summary>
internal sealed class TextMap
{
    private static readonly SearchValues<char> Breaks = SearchValues.Create("\n\r");

    private List<int>? _starts;

    private TextMap(string text) => Text = text;

    /// <summary>The text without byte order mark.</summary>
    public string Text { get; }

    /// <summary>Offsets of the first character of each line.</summary>
    public IReadOnlyList<int> Starts => _starts ??= FindStarts(Text);

    /// <summary>A map over text that is decoded already.</summary>
    public static TextMap Of(string text) => new(text);

    /// <summary>True for UTF-8 without NUL, which <see cref="Decode"/> takes without a finding.</summary>
    public static bool IsText(ReadOnlySpan<byte> bytes) => System.Text.Unicode.Utf8.IsValid(bytes) && !bytes.Contains((byte)0);

    /// <summary>Decodes UTF-8; on failure reports the place of the first wrong byte and gives null.</summary>
    public static TextMap? Decode(ReadOnlySpan<byte> bytes, FindingSink sink)
    {
        if (bytes.StartsWith("\uFEFF"u8))
            bytes = bytes[3..];
        if (System.Text.Unicode.Utf8.IsValid(bytes))
        {
            var map = new TextMap(Encoding.UTF8.GetString(bytes));
            if (map.Text.IndexOf('\0') is var nul and >= 0)
            {
                var (line, column) = map.Position(nul);
                sink.Error(line, column, "", Rules.Nul, "The text holds a NUL character.", "Remove it; the file may have been cut or written in UTF-16.");
                return null;
            }
            return map;
        }
        var good = 0;
        while (Rune.DecodeFromUtf8(bytes[good..], out _, out var length) == OperationStatus.Done)
            good += length;
        var (badLine, badColumn) = new TextMap(Encoding.UTF8.GetString(bytes[..good])).Position(int.MaxValue);
        sink.Error(
            badLine, badColumn, "", Rules.Encoding,
            $"Byte 0x{bytes[good]:X2} at offset {good} is not UTF-8.", "Save the file as UTF-8.", "not UTF-8");
        return null;
    }

    /// <summary>Line and column, both 1-based, of a character offset; offsets past the end give the end.</summary>
    public (int Line, int Column) Position(int offset)
    {
        offset = Math.Clamp(offset, 0, Text.Length);
        var starts = (List<int>)Starts;
        var at = starts.BinarySearch(offset);
        var line = at >= 0 ? at : ~at - 1;
        return (line + 1, offset - starts[line] + 1);
    }

    /// <summary>The text of a 0-based line without its break.</summary>
    public ReadOnlySpan<char> Line(int index)
    {
        var end = index + 1 < Starts.Count ? Starts[index + 1] : Text.Length;
        return Text.AsSpan(Starts[index], end - Starts[index]).TrimEnd("\r\n");
    }

    private static List<int> FindStarts(string text)
    {
        var starts = new List<int> { 0 };
        for (var at = 0; text.AsSpan(at).IndexOfAny(Breaks) is var next and >= 0;)
        {
            at += next + 1;
            if (text[at - 1] == '\r' && at < text.Length && text[at] == '\n')
                at++;
            starts.Add(at);
        }
        return starts;
    }
}
