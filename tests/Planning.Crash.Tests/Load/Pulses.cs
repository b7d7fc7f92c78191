using System.Collections.Concurrent;
using Planning.Client;
using Planning.Contracts;

namespace Planning.Crash.Tests.Load;

/// <summary>
/// Beside the load some plans have a client of their own, the SDK as it comes, that edits them again and again. One edit that
/// fails for good fails the whole; how long each plan let its client wait says whom a fault held up.
/// </summary>
internal sealed class Pulses : IDisposable
{
    private readonly TimeProvider time = TimeProvider.System;
    private readonly CancellationTokenSource enough = new();
    private readonly ConcurrentDictionary<string, TimeSpan> longest = new();
    private readonly Task beating;
    private readonly int plans;
    private int beats;

    public Pulses(PlanningClient client, IReadOnlyList<string> plans, string name)
    {
        this.plans = plans.Count;
        beating = Task.WhenAll(plans.Select((plan, i) => Task.Run(() => EditAsync(client, plan, $"{name}.{i}"))));
    }

    /// <summary>Edits that were answered, none of them with a refusal.</summary>
    public int Beats => Volatile.Read(ref beats);

    /// <summary>By plan: the longest that an edit has waited for its answer since the last <see cref="Forget"/>.</summary>
    public IReadOnlyDictionary<string, TimeSpan> LongestWaits => longest;

    /// <summary>Of all of them; what a machine that has much else to do lets everybody wait anyway.</summary>
    public TimeSpan LongestWait => longest.IsEmpty ? TimeSpan.Zero : longest.Values.Max();

    /// <summary>Ends when every client has had an answer at least, and there is something to compare with.</summary>
    public async Task BeatAsync()
    {
        using var limit = new CancellationTokenSource(Scale.Patience);
        while (longest.Count < plans && !beating.IsCompleted)
            await Task.Delay(Scale.LookAgain, time, limit.Token);
    }

    public void Forget() => longest.Clear();

    /// <summary>Ends when the last edit of each has its answer.</summary>
    public async Task EndAsync()
    {
        await enough.CancelAsync();
        await beating;
    }

    public void Dispose() => enough.Dispose();

    private async Task EditAsync(PlanningClient client, string plan, string name)
    {
        for (var beat = 1; !enough.IsCancellationRequested; beat++)
        {
            var key = $"{name}.{beat}";
            var since = time.GetTimestamp();
            await client.Plans.UpdateAsync(plan, new UpdatePlanRequest(Title: $"Title {key}"), new CommandOptions { IdempotencyKey = key });
            var took = time.GetElapsedTime(since);
            longest.AddOrUpdate(plan, took, (_, before) => took > before ? took : before);
            Interlocked.Increment(ref beats);
            await Task.Delay(Scale.PulsePause, time, enough.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
