using System.Text;
using Microsoft.AspNetCore.Http;

namespace Planning.Client.Tests.Support;

/// <summary>Event streams as a server sends them, and what a client makes of them.</summary>
internal static class EventText
{
    public static string Event(long position, string epoch = "e1", string padding = "") =>
        $"id: {epoch}:{position}\nevent: PLAN_UPDATED\ndata: " +
        $$$"""{"type":"planning_event","version":"1.0.0","event":{"id":"evt_{{{position}}}","timestamp":"2026-01-05T08:00:00Z","type":"PLAN_UPDATED","payload":{"entity_id":"pln_1","note":"{{{padding}}}"}},"position":{{{position}}}}""" +
        "\n\n";

    public static string Place(long position, string epoch = "e1") => $": heartbeat\nid: {epoch}:{position}\n\n";

    public static string Reset(long position, string epoch) =>
        $"id: {epoch}:{position}\nevent: reset\ndata: " + $$"""{"epoch":"{{epoch}}","position":{{position}},"reason":"The log has another epoch."}""" + "\n\n";

    /// <summary>Sends the text, then ends the answer as if it were whole.</summary>
    public static Func<HttpContext, Task> Then(params string[] parts) => http => SendAsync(http, parts);

    /// <summary>Sends the text, then is silent.</summary>
    public static Func<HttpContext, Task> ThenSilent(params string[] parts) => async http =>
    {
        await SendAsync(http, parts);
        await Steps.Hang(http);
    };

    public static async Task<List<StreamItem>> TakeAsync(IAsyncEnumerable<StreamItem> stream, int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var items = new List<StreamItem>();
        await foreach (var item in stream.WithCancellation(patience.Token))
        {
            items.Add(item);
            if (items.Count == count)
                break;
        }
        return items;
    }

    private static async Task SendAsync(HttpContext http, string[] parts)
    {
        http.Response.ContentType = "text/event-stream";
        foreach (var part in parts)
        {
            await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(part));
            await http.Response.Body.FlushAsync();
        }
    }
}
