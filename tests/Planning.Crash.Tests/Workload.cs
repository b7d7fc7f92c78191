using Planning.Client;
using Planning.Contracts;
using Planning.Crash.Tests.Judge;
using Planning.Crash.Tests.Load;
using Planning.Crash.Tests.Support;
using Planning.History;

namespace Planning.Crash.Tests;

/// <summary>
/// The load on whatever serves, and the judgement: once every client has an answer to everything and consumers have done
/// what they owe, the checker reads the whole run.
/// </summary>
internal sealed class Workload : IAsyncDisposable
{
    private readonly Recorder recorder;
    private readonly Team team;
    private readonly List<string> plans = [];
    private readonly List<Lifecycles> lifecycles = [];
    private readonly TimeProvider time = TimeProvider.System;
    private EventWatcher? events;
    private int loads;

    public Workload()
    {
        recorder = new Recorder(Availability);
        team = new Team(recorder);
    }

    public Availability Availability { get; } = new();

    /// <summary>Of the database behind whatever serves.</summary>
    public Ledger Ledger { get; set; } = null!;

    public int LogLength => Ledger.Log.Count;

    /// <summary>Rulebook, keys, cycles, plans.</summary>
    public async Task PrepareAsync()
    {
        events = new EventWatcher(team[Team.Planner]);
        await team[Team.Admin].Rulebook.ActivateAsync(
            Files.Rulebook.ToDictionary(f => f.Key, f => System.Text.Encoding.UTF8.GetString(f.Value.Span)), new CommandOptions { IdempotencyKey = "rulebook" });
        await team.GiveKeyAsync(Team.Lead, "planning_lead");
        await team.GiveKeyAsync(Team.Reviewer, "technical_reviewer");
        for (var i = 0; i < Scale.Teams; i++)
        {
            var first = await team[Team.ReleaseManager].Cycles.OpenAsync(Files.Cycle($"team{i}"));
            lifecycles.Add(new Lifecycles(team, events, $"team{i}", first.Id));
        }
        var parking = await team[Team.ReleaseManager].Cycles.OpenAsync(Files.Cycle("never closed"));
        await Parallel.ForAsync(0, Scale.Plans, new ParallelOptions { MaxDegreeOfParallelism = Scale.Editors }, async (i, limit) =>
        {
            var plan = await team[Team.Planner].Plans.CreateAsync(new CreatePlanRequest($"Plan {i}", "bulk", CycleId: parking.Id), cancellation: limit);
            lock (plans)
                plans.Add(plan.Id);
        });
    }

    public LoadUnderWay BeginLoad() => new(recorder, enough =>
    {
        var limit = new CancellationTokenSource(Scale.LoadLimit).Token;
        var editors = new Editors(team.Raw(), plans, $"edit{++loads}");
        return Task.WhenAll([editors.RunAsync(enough, limit), .. lifecycles.Select(l => l.RunAsync(enough, limit))]);
    });

    /// <summary>Clients of single plans, beside the load.</summary>
    public Pulses BeginPulses() => new(team.AsItComes(Team.Planner), [.. plans.Where((_, i) => i % Scale.PlansPerPulse == 0)], $"pulse{++loads}");

    /// <summary>What clients have sent and what they were told.</summary>
    public IReadOnlyCollection<ClientCommand> Commands => recorder.Commands;

    /// <summary>The broken promises that remain when consumers had time to catch up; none, as soon as there are none.</summary>
    public async Task<IReadOnlyList<Violation>> JudgeAsync(TimeSpan patience)
    {
        var since = time.GetTimestamp();
        while (true)
        {
            await Ledger.ReadOnAsync();
            IReadOnlyList<Violation> violations = await IsBehindAsync() is { } behind ? [new Violation(Promise.EffectNotMissing, behind)] : Check([]);
            // What takes long to compare is compared once the rest is well.
            if (violations.Count == 0)
                violations = Check([await DigestEffects.OfAsync(Ledger.Log, await Ledger.DigestsAsync()), await ReadModelEffects.OfAsync(Ledger.Log, team[Team.Planner])]);
            if (violations.Count == 0 || time.GetElapsedTime(since) > patience)
                return violations;
            await Task.Delay(Scale.LookAgain, time);
        }
    }

    /// <summary>Edits each plan once, all at the same time, until each has answered.</summary>
    /// <returns>How long the last one took.</returns>
    public async Task<TimeSpan> EveryPlanAnswersAsync()
    {
        var since = time.GetTimestamp();
        using var http = team.Raw();
        using var limit = new CancellationTokenSource(Scale.Patience);
        var editors = new Editors(http, plans, $"probe{++loads}");
        await Task.WhenAll(plans.Select((plan, i) => editors.SendAsync(plan, $"probe{loads}.{i}", stale: false, limit.Token)));
        return time.GetElapsedTime(since);
    }

    /// <summary>Until the lists show what is in the log now.</summary>
    public async Task ListsCatchUpAsync(TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience);
        await Ledger.ReadOnAsync();
        while (await Ledger.PositionOfAsync(Engine.Reads.IReadModels.ConsumerName) < Ledger.Head)
            await Task.Delay(Scale.LookAgain, time, limit.Token);
    }

    /// <summary>Reads everything anew and judges what is left when nothing moves any more.</summary>
    /// <param name="stop">Stops the server in good order.</param>
    public async Task<IReadOnlyList<Violation>> JudgeAtRestAsync(Func<Task> stop)
    {
        var read = Ledger.Log.Count;
        await Ledger.ReadAllAsync();
        var lists = await ReadModelEffects.OfAsync(Ledger.Log, team[Team.Planner]);
        var digests = await Ledger.DigestsAsync();
        await stop();
        Availability.Down();
        Assert.Equal(read, Ledger.Log.Count);
        // Consumers of which nothing was asked would keep every promise.
        Assert.All(ReactorEffects.Of(Ledger.Log), effects => Assert.True(effects.Expected.Count > 0, $"Nothing called for {effects.Consumer}."));
        return Check([await DigestEffects.OfAsync(Ledger.Log, digests), lists]);
    }

    public async ValueTask DisposeAsync()
    {
        if (events is not null)
            await events.DisposeAsync();
        team.Dispose();
        recorder.Dispose();
    }

    private IReadOnlyList<Violation> Check(IEnumerable<ConsumerEffects> more)
    {
        Assert.Empty(recorder.Contradictions);
        ConsumerEffects stream = new("event stream", [.. Ledger.Log.Select(e => e.EventId)], events!.Received);
        return HistoryChecker.Check(new Observations(recorder.Commands, Ledger.Logged, [.. ReactorEffects.Of(Ledger.Log), stream, .. more]));
    }

    /// <summary>Null when all have read up to the head; reading is not yet doing, which the effects tell.</summary>
    private async Task<string?> IsBehindAsync()
    {
        if (await Ledger.ParkedAsync() is [var parked, ..])
            return parked;
        var digests = await Ledger.DigestsAsync();
        var closed = Ledger.Log.Count(e => e.Type == "CYCLE_CLOSED");
        return digests.Count < closed ? $"{closed} cycles are closed and {digests.Count} digests made"
            : events!.Position < Ledger.Head ? $"the event stream is at {events.Position} of {Ledger.Head}"
            : await Ledger.PositionOfAsync(Engine.Reads.IReadModels.ConsumerName) is var position && position < Ledger.Head ? $"the read models are at {position} of {Ledger.Head}"
            : null;
    }
}
