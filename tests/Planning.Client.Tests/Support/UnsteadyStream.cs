using System.Text;
using Microsoft.AspNetCore.Http;

namespace Planning.Client.Tests.Support;

/// <summary>
/// A stream of events 1 to <paramref name="count"/> over connections that end anywhere, in the middle of a line too, in good order or not,
/// and that begin again a few events before the place that the client names.
/// </summary>
/// <param name="skips">A position that the stream leaves out by mistake; 0 for none.</param>
internal sealed class UnsteadyStream(int seed, int count, long skips = 0)
{
    private const int MaxChunk = 90;
    private const int LongestLife = 1_500;
    private const int Overlap = 3;

    private readonly Random random = new(seed);
    private readonly Lock gate = new();

    public int Connections { get; private set; }

    public async Task ServeAsync(HttpContext http)
    {
        var (text, breaks) = Plan(http.Request.Headers["Last-Event-ID"].ToString());
        http.Response.ContentType = "text/event-stream";
        for (var at = 0; at < text.Length;)
        {
            var size = Math.Min(Next(1, MaxChunk), text.Length - at);
            await http.Response.Body.WriteAsync(text.AsMemory(at, size));
            await http.Response.Body.FlushAsync();
            at += size;
        }
        if (breaks)
            http.Abort();
    }

    private (byte[] Text, bool Breaks) Plan(string place)
    {
        lock (gate)
        {
            Connections++;
            var from = place.Length == 0 ? 0 : long.Parse(place.Split(':')[^1]);
            var text = new StringBuilder();
            for (var position = Math.Max(1, from + 1 - random.Next(Overlap + 1)); position <= count; position++)
            {
                if (position != skips)
                    text.Append(EventText.Event(position));
                if (random.Next(4) == 0 && position > from)
                    text.Append(EventText.Place(position));
            }
            var all = Encoding.UTF8.GetBytes(text.ToString());
            var life = Math.Min(all.Length, random.Next(LongestLife));
            return (all[..life], random.Next(3) == 0);
        }
    }

    private int Next(int from, int to)
    {
        lock (gate)
            return random.Next(from, to);
    }
}
