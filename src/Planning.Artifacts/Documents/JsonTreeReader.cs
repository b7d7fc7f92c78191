using System.Text;
using System.Text.Json;

namespace Planning.Artifacts.Documents;

/// <summary>Builds a positioned tree from JSON. The bytes are known to be UTF-8 without NUL.</summary>
internal sealed class JsonTreeReader(ReadOnlyMemory<byte> bytes, ArtifactLimits limits, FindingSink sink)
{
    private readonly ReadOnlyMemory<byte> _bytes = bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
    private readonly bool _isAscii = Ascii.IsValid(bytes.Span);
    private readonly TreeBuilder _tree = new(limits, sink, bytes.Length);
    private int _offset;
    private int _line = 1;
    private int _column = 1;

    public DocumentNode? Read()
    {
        if (_bytes.Span.IndexOfAnyExcept(" \t\r\n"u8) < 0)
        {
            sink.Error(1, 1, "", Rules.Empty, "The file holds no JSON value.", "Write the document, or leave the file out.");
            return null;
        }
        // The builder judges depth; the reader's own bound only has to be out of its way.
        var end = 0;
        var reader = new Utf8JsonReader(_bytes.Span, new JsonReaderOptions { MaxDepth = limits.MaxDepth + 1 });
        try
        {
            while (!_tree.Stopped && reader.Read())
            {
                Take(ref reader);
                end = (int)reader.BytesConsumed;
            }
        }
        catch (JsonException error)
        {
            // A comma is missed where the next value begins, but it is missing behind the last one.
            MoveTo(error.Message.Contains("is invalid after a value", StringComparison.Ordinal) ? end : OffsetOf(error));
            sink.Error(_line, _column, "", Rules.Syntax, $"This is not JSON: {Reason(error)}", "Mend the syntax at this place.", "syntax");
        }
        return _tree.Finish();
    }

    private void Take(ref Utf8JsonReader reader)
    {
        MoveTo((int)reader.TokenStartIndex);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                _tree.Open(new NodeData(NodeKind.Mapping, _line, _column));
                break;
            case JsonTokenType.StartArray:
                _tree.Open(new NodeData(NodeKind.Sequence, _line, _column));
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                _tree.Close();
                break;
            case JsonTokenType.PropertyName:
                _tree.SetKey(Text(ref reader), _line, _column);
                break;
            case JsonTokenType.String:
                _tree.Add(new NodeData(NodeKind.String, Text(ref reader), _line, _column, isPlain: false));
                break;
            case JsonTokenType.Number:
                AddNumber(reader.ValueSpan);
                break;
            default:
                var kind = reader.TokenType == JsonTokenType.Null ? NodeKind.Null : NodeKind.Boolean;
                _tree.Add(new NodeData(kind, _tree.Shared(reader.ValueSpan), _line, _column, isPlain: true));
                break;
        }
    }

    private void AddNumber(ReadOnlySpan<byte> span)
    {
        if (span.Length > limits.MaxNumberLength)
        {
            _tree.Stop(_line, _column, Rules.MaxNumberLength, $"A number has more characters than max_number_length = {limits.MaxNumberLength}.",
                "Write a shorter number, or a string.");
            return;
        }
        var kind = span.IndexOfAny(".eE"u8) < 0 ? NodeKind.Integer : NodeKind.Number;
        _tree.Add(new NodeData(kind, _tree.Shared(span), _line, _column, isPlain: true));
    }

    private string Text(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
            return _tree.Shared(reader.ValueSpan);
        string text;
        try
        {
            text = reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // The bytes are UTF-8, so only an escaped half of a surrogate pair is left as the reason.
            sink.Error(_line, _column, _tree.PointerHere, Rules.Surrogate, "The string holds half of a surrogate pair.",
                "Write the whole character, or both halves of the pair.");
            return Encoding.UTF8.GetString(reader.ValueSpan);
        }
        if (text.Contains('\0'))
            sink.Error(_line, _column, _tree.PointerHere, Rules.Nul, "The string holds a NUL character.", "Remove \\u0000 from the string.");
        return text;
    }

    /// <summary>Advances line and column to a byte offset; offsets only grow, so a whole pass is linear.</summary>
    private void MoveTo(int target)
    {
        var span = _bytes.Span[_offset..Math.Clamp(target, _offset, _bytes.Length)];
        _offset += span.Length;
        while (span.IndexOfAny((byte)'\n', (byte)'\r') is var at and >= 0)
        {
            var next = at + (span[at] == '\r' && at + 1 < span.Length && span[at + 1] == '\n' ? 2 : 1);
            span = span[next..];
            _line++;
            _column = 1;
        }
        _column += _isAscii ? span.Length : Encoding.UTF8.GetCharCount(span);
    }

    /// <summary>The reader counts lines by LF alone, so its position is turned back into an offset first.</summary>
    private int OffsetOf(JsonException error)
    {
        var offset = 0;
        for (var line = error.LineNumber ?? 0; line > 0; line--)
        {
            var next = _bytes.Span[offset..].IndexOf((byte)'\n');
            if (next < 0)
                break;
            offset += next + 1;
        }
        return Math.Min(offset + (int)(error.BytePositionInLine ?? 0), _bytes.Length);
    }

    private static string Reason(JsonException error)
    {
        var end = error.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return end < 0 ? error.Message : error.Message[..end];
    }
}
