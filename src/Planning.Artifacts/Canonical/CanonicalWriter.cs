using System.Buffers;
using System.Text;

namespace Planning.Artifacts.Canonical;

/// <summary>Collects canonical bytes; strings get the shortest escapes of RFC 8785 §3.2.2.2.</summary>
internal sealed class CanonicalWriter
{
    /// <summary>The encoder that refuses what UTF-8 cannot say, instead of replacing it.</summary>
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly SearchValues<char> Escaped =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(code => (char)code), '"', '\\']);

    private byte[] _bytes = new byte[256];

    public int Length { get; private set; }

    public void Raw(ReadOnlySpan<byte> bytes)
    {
        if (Length + bytes.Length > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(Length + bytes.Length, 2 * _bytes.Length));
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    public byte[] ToArray() => _bytes[..Length];

    /// <summary>Takes away what was written since <paramref name="start"/>.</summary>
    public byte[] Cut(int start)
    {
        var cut = _bytes[start..Length];
        Length = start;
        return cut;
    }

    public void Number(double value) => Raw(Encoding.ASCII.GetBytes(EcmaScriptNumber.Format(value)));

    public void String(string text)
    {
        Raw("\""u8);
        var rest = text.AsSpan();
        while (rest.IndexOfAny(Escaped) is var at and >= 0)
        {
            Plain(rest[..at]);
            Raw(Encoding.ASCII.GetBytes(Escape(rest[at])));
            rest = rest[(at + 1)..];
        }
        Plain(rest);
        Raw("\""u8);
    }

    private void Plain(ReadOnlySpan<char> text)
    {
        try
        {
            var bytes = new byte[Strict.GetByteCount(text)];
            Strict.GetBytes(text, bytes);
            Raw(bytes);
        }
        catch (EncoderFallbackException error)
        {
            throw new CanonicalJsonException("A string holds half of a surrogate pair.", error);
        }
    }

    private static string Escape(char c) => c switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\b' => "\\b",
        '\t' => "\\t",
        '\n' => "\\n",
        '\f' => "\\f",
        '\r' => "\\r",
        _ => $"\\u{(int)c:x4}",
    };
}
