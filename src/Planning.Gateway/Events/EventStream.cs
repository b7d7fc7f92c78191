using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Planning.Contracts;
using Planning.Engine.Log;
using Planning.Gateway.Requests;

namespace Planning.Gateway.Events;

/// <summary>
/// One caller's stream of events (server-sent events), from a place on, for as long as the connection and the credential hold:
/// <list type="number">
/// <item>a place of another epoch no longer exists: say so in a reset event, and go on from the present end</item>
/// <item>far behind: read the workspace's events from the log, page by page</item>
/// <item>close behind: read from memory what this process has committed, and wait for more; a silent stream sends comments</item>
/// </list>
/// </summary>
internal sealed class EventStream(Call call, EventFilter filter, Func<ValueTask<bool>> stillAllowed, CancellationToken stop)
{
    private const int CatchUpPage = 500;
    private const int FarBehind = 5_000;

    private readonly HttpResponse response = call.Http.Response;
    private readonly IEventLog log = call.Parts.Log;

    /// <param name="from">Null starts at the present end.</param>
    public async Task RunAsync(EventPlace? from)
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        var epoch = log.Epoch;
        var position = await StartAsync(from, epoch);
        position = await CatchUpAsync(position, epoch);
        await FollowAsync(position, epoch);
    }

    private async ValueTask<long> StartAsync(EventPlace? from, string epoch)
    {
        var head = await log.HeadAsync(call.Partition, stop);
        if (from is null || (from.Value.Epoch == epoch && from.Value.Position <= head))
        {
            var position = from?.Position ?? head;
            // An id at once, so that a client that is cut off before the first event does not lose its place.
            await SendAsync($": welcome\nid: {new EventPlace(epoch, position)}\n\n");
            return position;
        }
        await ResetAsync(epoch, head, from.Value.Epoch == epoch ? "the position lies behind the end of the log" : "the log has another epoch, after a failover or a restore");
        return head;
    }

    private async ValueTask<long> CatchUpAsync(long position, string epoch)
    {
        while (await log.HeadAsync(call.Partition, stop) is var head && head - position > FarBehind)
        {
            var events = await log.ReadWorkspaceAsync(filter.Viewer.Workspace, position, CatchUpPage, stop);
            await WriteAsync(events, epoch);
            position = events.Count < CatchUpPage ? Math.Max(head, events.Count == 0 ? 0 : events[^1].Position) : events[^1].Position;
        }
        return position;
    }

    private async Task FollowAsync(long position, string epoch)
    {
        var recent = call.Parts.Recent;
        var lastSign = call.Parts.Time.GetTimestamp();
        var look = true;
        while (true)
        {
            if (log.Epoch != epoch)
            {
                epoch = log.Epoch;
                position = await log.HeadAsync(call.Partition, stop);
                await ResetAsync(epoch, position, "the log has another epoch, after a failover or a restore");
            }
            var events = await recent.ReadAsync(call.Partition, position, CatchUpPage, look, stop);
            if (events.Count > 0)
            {
                if (await WriteAsync(events, epoch))
                    lastSign = call.Parts.Time.GetTimestamp();
                position = events[^1].Position;
                look = false;
                continue;
            }
            if (call.Parts.Time.GetElapsedTime(lastSign) >= call.Parts.Options.Heartbeat)
            {
                if (!await stillAllowed())
                    return;
                await SendAsync($": heartbeat\nid: {new EventPlace(epoch, position)}\n\n");
                lastSign = call.Parts.Time.GetTimestamp();
            }
            look = await recent.WaitBeyondAsync(call.Partition, position, call.Parts.Options.Heartbeat, stop);
        }
    }

    /// <summary>Whether any of the events was one that the caller wants.</summary>
    private async ValueTask<bool> WriteAsync(IReadOnlyList<StoredEvent> events, string epoch)
    {
        var output = response.BodyWriter;
        var any = false;
        foreach (var e in events)
        {
            if (!filter.Wants(e))
                continue;
            any = true;
            output.Write("id: "u8);
            output.Write(Encoding.UTF8.GetBytes(new EventPlace(epoch, e.Position).ToString()));
            output.Write("\nevent: "u8);
            output.Write(Encoding.UTF8.GetBytes(e.Type));
            output.Write("\ndata: "u8);
            EventEnvelopes.Write(output, e);
            output.Write("\n\n"u8);
        }
        if (any)
            await output.FlushAsync(stop);
        return any;
    }

    private Task ResetAsync(string epoch, long position, string reason)
    {
        var reset = JsonSerializer.Serialize(
            new StreamReset(epoch, position, $"Your place cannot be found again: {reason}. Read anew what you follow; the stream goes on from here."), ContractsJson.Lenient.StreamReset);
        return SendAsync($"id: {new EventPlace(epoch, position)}\nevent: reset\ndata: {reset}\n\n");
    }

    private async Task SendAsync(string text)
    {
        response.BodyWriter.Write(Encoding.UTF8.GetBytes(text));
        await response.BodyWriter.FlushAsync(stop);
    }
}
