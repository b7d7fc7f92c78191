using Planning.Domain;
using Planning.Domain.Cycles;
using Planning.Gateway.Errors;
using Planning.Gateway.Requests;

namespace Planning.Gateway.Routes;

/// <summary>The cycle of a new plan: the one it names, or the open one that was opened last.</summary>
internal static class PresentCycle
{
    public static async ValueTask<Parsed<CycleId>> FindAsync(Call call, string? named)
    {
        if (named is null)
            return await FindAsync(call);
        var cycle = (Cycle)(await call.Parts.Host.ReadAsync(EntityKey.Of(call.Workspace, new CycleId(named)), call.Cancellation)).State;
        return cycle switch
        {
            { Opened: null } => Problems.Unprocessable("cycle_unknown", $"There is no cycle {named} in this workspace. List the open ones under /v1/cycles?open=true."),
            { IsOpen: false } => Problems.Conflict("cycle_closed", $"Cycle {named} is closed. Name an open one; /v1/cycles?open=true lists them."),
            _ => new CycleId(named),
        };
    }

    private static async ValueTask<Parsed<CycleId>> FindAsync(Call call)
    {
        if (await call.Parts.Reads.PresentCycleAsync(call.Workspace, call.Cancellation) is { } present)
            return present;
        // The first cycle may have been opened a moment ago, and the list not show it yet.
        var head = await call.Parts.Log.HeadAsync(call.Partition, call.Cancellation);
        if (await call.CatchUpAsync(head) is { } behind)
            return behind;
        return await call.Parts.Reads.PresentCycleAsync(call.Workspace, call.Cancellation) is { } found
            ? found
            : Problems.Conflict("no_open_cycle", "No cycle is open, and a plan belongs to one. Open one with POST /v1/cycles.");
    }
}
