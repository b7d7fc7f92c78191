using System.Collections.Concurrent;
using Planning.Client;
using Planning.Contracts;

namespace Planning.Crash.Tests.Load;

/// <summary>
/// Beside the load each plan has a client of its own, the SDK as it comes, that edits it again and again. One edit that fails
/// for good fails the whole; how long each plan let its client wait says whom a fault held up.
/// </summary>
internal sealed class Pulses : IDisposable
{
    private readonly TimeProvider time = TimeProvider.System;
    private readonly CancellationTokenSource enough = new();
    private readonly ConcurrentDictionary<string, TimeSpan> longest = new();
    private readonly Task beating;
    private int beats;

    public Pulses(PlanningClient client, IReadOnlyList<string> plans, string name) =>
        beating = Task.WhenAll(plans.Select((plan, i) => Task.Run(() => BeatAsync(client, plan, $"{name}.{i}"))));

    /// <summary>Edits that were answered, none of them with a refusal.</summary>
    public int Beats => Volatile.Read(ref beats);

    /// <summary>By plan: the longest that an edit has waited for its answer since the last <see cref="Forget"/>.</summary>
    public IReadOnlyDictionary<string, TimeSpan> LongestWaits => longest;

    public void Forget() => longest.Clear();

    /// <summary>Ends when the last edit of each has its answer.</summary>
    public async Task EndAsync()
    {
        await enough.CancelAsync();
        await beating;
    }

    public void Dispose() => enough.Dispose();

    private async Task BeatAsync(PlanningClient client, string plan, string name)
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
