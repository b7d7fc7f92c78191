using System.Buffers.Binary;
using System.IO.Compression;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Providers;
using Orleans.Serialization;

namespace Planning.Grains.Workspaces;

/// <summary>
/// What memory streams carry: a message, compressed. The events of one message are much alike, and Orleans writes such a
/// body byte by byte, with a header for each, on every hop from the publisher to the followers.
/// </summary>
[GenerateSerializer, Immutable, Alias("planning.compressed_bodies")]
public sealed class CompressedBodies(Serializer<MemoryMessageBody> serializer) : IMemoryMessageBodySerializer, IOnDeserialized
{
    /// <summary>Of Brotli: the fastest of all qualities, and a window as large as a usual message.</summary>
    private const int Quality = 1, WindowBits = 18;

    [NonSerialized]
    private Serializer<MemoryMessageBody> serializer = serializer;

    public ArraySegment<byte> Serialize(MemoryMessageBody body)
    {
        var plain = serializer.SerializeToArray(body);
        var compressed = new byte[sizeof(int) + BrotliEncoder.GetMaxCompressedLength(plain.Length)];
        BinaryPrimitives.WriteInt32LittleEndian(compressed, plain.Length);
        if (!BrotliEncoder.TryCompress(plain, compressed.AsSpan(sizeof(int)), out var length, Quality, WindowBits))
            throw new InvalidOperationException($"A message of {plain.Length} bytes could not be compressed.");
        return new ArraySegment<byte>(compressed, 0, sizeof(int) + length);
    }

    public MemoryMessageBody Deserialize(ArraySegment<byte> bodyBytes)
    {
        var plain = new byte[BinaryPrimitives.ReadInt32LittleEndian(bodyBytes)];
        return BrotliDecoder.TryDecompress(bodyBytes.AsSpan(sizeof(int)), plain, out var length) && length == plain.Length && serializer.Deserialize(plain) is { } body
            ? body
            : throw new InvalidDataException($"A message of {bodyBytes.Count} bytes could not be read.");
    }

    void IOnDeserialized.OnDeserialized(DeserializationContext context) =>
        serializer = context.ServiceProvider.GetRequiredService<Serializer<MemoryMessageBody>>();
}
