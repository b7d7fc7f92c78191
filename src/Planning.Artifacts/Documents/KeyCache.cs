using System.Text;

namespace Planning.Artifacts.Documents;

/// <summary>Keys come again and again; each text is made once, as long as no other takes its place.</summary>
internal sealed class KeyCache
{
    private const int Places = 256;

    private readonly string?[] _texts = new string?[Places];

    /// <summary>The text of UTF-8 bytes.</summary>
    public string TextOf(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return "";
        ref var place = ref _texts[((bytes.Length * 31) + (bytes[0] * 7) + (bytes[bytes.Length / 2] * 3) + bytes[^1]) % Places];
        // What is not ASCII is equal to no text, and is made anew.
        if (place is null || !Ascii.Equals(bytes, place))
            place = Encoding.UTF8.GetString(bytes);
        return place;
    }
}
