using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace Planning.Client.Events;

/// <param name="Id">Null where the message has none; the place before it holds on.</param>
/// <param name="Data">Empty where the message only moves the place on.</param>
internal readonly record struct SseMessage(string? Id, string Event, ReadOnlyMemory<byte> Data);

/// <summary>
/// Reads server-sent events from a stream. An id counts once its message is whole, with the blank line behind it: a message that is cut
/// off must not move the place past itself. Lines end in LF or CRLF.
/// </summary>
internal sealed class SseReader(Stream stream, int maxMessageBytes) : IAsyncDisposable
{
    private readonly PipeReader pipe = PipeReader.Create(stream);
    private readonly ArrayBufferWriter<byte> data = new();
    private string? id;
    private string type = "message";
    private bool any;

    /// <returns>Null at the stream's end; what was not whole by then is dropped.</returns>
    /// <exception cref="InvalidDataException">A message is larger than the limit.</exception>
    public async ValueTask<SseMessage?> NextAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var read = await pipe.ReadAsync(cancellation);
            var buffer = read.Buffer;
            while (TakeLine(ref buffer) is { } line)
            {
                if (Take(line) is not { } message)
                    continue;
                pipe.AdvanceTo(buffer.Start);
                return message;
            }
            if (buffer.Length + data.WrittenCount > maxMessageBytes)
                throw new InvalidDataException($"The stream has an event of more than {nameof(PlanningClientOptions.MaxEventBytes)} = {maxMessageBytes} bytes.");
            pipe.AdvanceTo(buffer.Start, buffer.End);
            if (read.IsCompleted)
                return null;
        }
    }

    public ValueTask DisposeAsync() => pipe.CompleteAsync();

    private static ReadOnlySequence<byte>? TakeLine(ref ReadOnlySequence<byte> buffer)
    {
        if (buffer.PositionOf((byte)'\n') is not { } end)
            return null;
        var line = buffer.Slice(0, end);
        buffer = buffer.Slice(buffer.GetPosition(1, end));
        return line;
    }

    private SseMessage? Take(ReadOnlySequence<byte> sequence)
    {
        var line = sequence.IsSingleSegment ? sequence.FirstSpan : sequence.ToArray();
        if (line.EndsWith("\r"u8))
            line = line[..^1];
        if (line.IsEmpty)
            return End();
        var colon = line.IndexOf((byte)':');
        var field = colon < 0 ? line : line[..colon];
        var value = colon < 0 ? [] : line[(colon + 1)..];
        if (value.StartsWith(" "u8))
            value = value[1..];
        if (field.SequenceEqual("data"u8))
        {
            if (data.WrittenCount > 0)
                data.Write("\n"u8);
            data.Write(value);
        }
        else if (field.SequenceEqual("id"u8))
            id = Encoding.UTF8.GetString(value);
        else if (field.SequenceEqual("event"u8))
            type = Encoding.UTF8.GetString(value);
        else
            return null;
        any = true;
        return null;
    }

    private SseMessage? End()
    {
        if (!any)
            return null;
        var message = new SseMessage(id, type, data.WrittenSpan.ToArray());
        data.ResetWrittenCount();
        (id, type, any) = (null, "message", false);
        return message;
    }
}
