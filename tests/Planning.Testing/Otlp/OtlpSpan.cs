using System.Text;

namespace Planning.Testing.Otlp;

/// <summary>What tests look at in a span.</summary>
/// <param name="Instance">The process that it comes from: service.instance.id.</param>
/// <param name="Parent">Empty for the first of a trace.</param>
public sealed record OtlpSpan(string Instance, string Source, string Name, string Trace, string Parent, IReadOnlyDictionary<string, string> Attributes)
{
    private const string InstanceAttribute = "service.instance.id";

    /// <summary>All spans of a request to /v1/traces.</summary>
    internal static IEnumerable<OtlpSpan> Of(ReadOnlyMemory<byte> request) =>
        from resource in Messages(request, 1)
        from scope in Messages(resource, 2)
        from span in Messages(scope, 2)
        select new OtlpSpan(
            InstanceOf(resource), Text(Messages(scope, 1).First(), 1), Text(span, 5), Hex(span, 1), Hex(span, 4), AttributesOf(span, 9));

    /// <summary>The processes that a request to any address comes from.</summary>
    internal static IEnumerable<string> InstancesOf(ReadOnlyMemory<byte> request) => Messages(request, 1).Select(InstanceOf);

    private static string InstanceOf(ReadOnlyMemory<byte> resource) => AttributesOf(Messages(resource, 1).First(), 1)[InstanceAttribute];

    private static Dictionary<string, string> AttributesOf(ReadOnlyMemory<byte> message, int field) =>
        Messages(message, field).ToDictionary(pair => Text(pair, 1), pair => Messages(pair, 2).Select(value => Text(value, 1)).FirstOrDefault(""));

    private static string Text(ReadOnlyMemory<byte> message, int field) => Encoding.UTF8.GetString(Messages(message, field).FirstOrDefault().Span);

    private static string Hex(ReadOnlyMemory<byte> message, int field) => Convert.ToHexStringLower(Messages(message, field).FirstOrDefault().Span);

    /// <summary>The length-delimited fields of this number in a protobuf message.</summary>
    private static IEnumerable<ReadOnlyMemory<byte>> Messages(ReadOnlyMemory<byte> message, int field)
    {
        while (message.Length > 0)
        {
            var key = Varint(ref message);
            var length = (key & 7) switch
            {
                0 => VarintLength(message),
                1 => 8,
                2 => (int)Varint(ref message),
                5 => 4,
                var type => throw new InvalidDataException($"There is no wire type {type}."),
            };
            if ((key & 7) == 2 && key >> 3 == (ulong)field)
                yield return message[..length];
            message = message[length..];
        }
    }

    private static ulong Varint(ref ReadOnlyMemory<byte> message)
    {
        var (value, length) = (0UL, VarintLength(message));
        for (var i = 0; i < length; i++)
            value |= (ulong)(message.Span[i] & 0x7f) << (7 * i);
        message = message[length..];
        return value;
    }

    private static int VarintLength(ReadOnlyMemory<byte> message)
    {
        var length = 1;
        while (message.Span[length - 1] >= 0x80)
            length++;
        return length;
    }
}
