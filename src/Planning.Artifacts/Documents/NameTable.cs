using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace Planning.Artifacts.Documents;

/// <summary>
/// Short texts of one document that were seen lately, so that those that come again share one string: a large backlog names
/// its keys and tasks so often that collecting their garbage takes longer than reading them. A slot keeps the last comer.
/// </summary>
/// <param name="length">Of the document; a small one has few names, and needs no large table.</param>
internal sealed class NameTable(int length)
{
    private const int MaxLength = 64;
    private const int LengthPerSlot = 64;

    private readonly string?[] _seen = new string?[1 << Bits(length)];
    private readonly int _shift = 64 - Bits(length);

    public string Of(string text)
    {
        if (text.Length is 0 or > MaxLength)
            return text;
        ref var seen = ref _seen[SlotOf(text)];
        return seen == text ? seen : seen = text;
    }

    /// <summary>The same for UTF-8 without escapes, of which a string is only made where none is there.</summary>
    public string Of(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length is 0 or > MaxLength)
            return Encoding.UTF8.GetString(utf8);
        Span<char> text = stackalloc char[MaxLength];
        text = text[..Encoding.UTF8.GetChars(utf8, text)];
        ref var seen = ref _seen[SlotOf(text)];
        return seen is not null && text.SequenceEqual(seen) ? seen : seen = new string(text);
    }

    private static int Bits(int length) => Math.Clamp(BitOperations.Log2((uint)(length / LengthPerSlot) + 1), 6, 16);

    /// <summary>Quick, and no secret: who makes texts collide only keeps his own from being shared.</summary>
    private int SlotOf(ReadOnlySpan<char> text)
    {
        var hash = (ulong)text.Length;
        var bytes = MemoryMarshal.AsBytes(text);
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            hash = (hash ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes)) * 0x9E3779B97F4A7C15;
        for (; bytes.Length >= sizeof(char); bytes = bytes[sizeof(char)..])
            hash = (hash ^ BinaryPrimitives.ReadUInt16LittleEndian(bytes)) * 0x9E3779B97F4A7C15;
        return (int)(hash >> _shift);
    }
}
