using Planning.Client;
using Planning.Contracts;
using Planning.Crash.Tests.Judge;
using Planning.Crash.Tests.Load;
using Planning.Crash.Tests.Support;
using Planning.History;
using Planning.Testing;

namespace Planning.Crash.Tests;

/// <summary>
/// One data folder, the servers that come and go on it, the load, and the judgement:
/// <list type="number">
/// <item>start: rulebook, keys, cycles, plans</item>
/// <item>load, under which something is killed; the clients go on with the commands that they have no answer to</item>
/// <item>end of the load: every client has an answer to everything</item>
/// <item>judgement: once consumers have done what they owe, the checker reads the whole run</item>
/// </list>
/// </summary>
internal sealed class Trial : IAsyncDisposable
{
    private readonly TemporaryDataFolder folder;
    private readonly Availability availability = new();
    private readonly Recorder recorder;
    private readonly Team team;
    private readonly List<string> plans = [];
    private readonly List<Lifecycles> lifecycles = [];
    private readonly TimeProvider time = TimeProvider.System;
    private EventWatcher? events;
    private Ledger ledger = null!;
    private int loads;

    private Trial(TemporaryDataFolder folder)
    {
        this.folder = folder;
        recorder = new Recorder(availability);
        team = new Team(recorder);
    }

    public HostProcess Host { get; private set; } = null!;

    public string PostmasterPidFile => Path.Combine(folder.Path, "postgres", "pg", "postmaster.pid");

    public static async Task<Trial> BeginAsync(StoppedServer stopped, params string[] more)
    {
        var trial = new Trial(await stopped.CopyAsync());
        await trial.StartServerAsync(more);
        await trial.PrepareAsync();
        return trial;
    }

    /// <summary>A server on the same folder; it adopts the database that the one before has left.</summary>
    public async Task StartServerAsync(params string[] more)
    {
        if (Host is not null)
            await Host.DisposeAsync();
        Host = await HostProcess.StartAsync(folder.Path, more);
        ledger = new Ledger(Host.ConnectionString);
        availability.Up(Host.Url);
    }

    /// <summary>Waits for the server to end itself.</summary>
    public async Task ServerEndsAsync()
    {
        await Host.ExitAsync().WaitAsync(Scale.Patience);
        availability.Down();
    }

    public LoadUnderWay BeginLoad() => new(recorder, enough =>
    {
        var limit = new CancellationTokenSource(Scale.Patience * 2).Token;
        var editors = new Editors(team.Raw(), plans, $"edit{++loads}");
        return Task.WhenAll([editors.RunAsync(enough, limit), .. lifecycles.Select(l => l.RunAsync(enough, limit))]);
    });

    /// <summary>The broken promises that remain when consumers had time to catch up; none, as soon as there are none.</summary>
    public async Task<IReadOnlyList<Violation>> JudgeAsync(TimeSpan patience)
    {
        var since = time.GetTimestamp();
        while (true)
        {
            await ledger.ReadOnAsync();
            IReadOnlyList<Violation> violations = await IsBehindAsync() is { } behind ? [new Violation(Promise.EffectNotMissing, behind)] : Check([]);
            // What takes long to compare is compared once the rest is well.
            if (violations.Count == 0)
                violations = Check([await DigestEffects.OfAsync(ledger.Log, await ledger.DigestsAsync()), await ReadModelEffects.OfAsync(ledger.Log, team[Team.Planner])]);
            if (violations.Count == 0 || time.GetElapsedTime(since) > patience)
                return violations;
            await Task.Delay(Scale.LookAgain, time);
        }
    }

    /// <summary>Stops the server in good order and judges what is left when nothing moves any more, read anew from the first event on.</summary>
    public async Task<IReadOnlyList<Violation>> JudgeAtRestAsync()
    {
        var lists = await ReadModelEffects.OfAsync(ledger.Log, team[Team.Planner]);
        var digests = await ledger.DigestsAsync();
        var read = ledger.Log.Count;
        await ledger.ReadAllAsync();
        await Host.StopAsync();
        availability.Down();
        Assert.Equal(read, ledger.Log.Count);
        return Check([await DigestEffects.OfAsync(ledger.Log, digests), lists]);
    }

    public int LogLength => ledger.Log.Count;

    public async ValueTask DisposeAsync()
    {
        if (events is not null)
            await events.DisposeAsync();
        team.Dispose();
        await Host.DisposeAsync();
        recorder.Dispose();
        folder.Dispose();
    }

    private async Task PrepareAsync()
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

    private IReadOnlyList<Violation> Check(IEnumerable<ConsumerEffects> more)
    {
        Assert.Empty(recorder.Contradictions);
        ConsumerEffects stream = new("event stream", [.. ledger.Log.Select(e => e.EventId)], events!.Received);
        return HistoryChecker.Check(new Observations(recorder.Commands, ledger.Logged, [.. ReactorEffects.Of(ledger.Log), stream, .. more]));
    }

    /// <summary>Null when all have read up to the head; reading is not yet doing, which the effects tell.</summary>
    private async Task<string?> IsBehindAsync()
    {
        if (await ledger.ParkedAsync() is [var parked, ..])
            return parked;
        var digests = await ledger.DigestsAsync();
        var closed = ledger.Log.Count(e => e.Type == "CYCLE_CLOSED");
        return digests.Count < closed ? $"{closed} cycles are closed and {digests.Count} digests made"
            : events!.Position < ledger.Head ? $"the event stream is at {events.Position} of {ledger.Head}"
            : await ledger.PositionOfAsync(Engine.Reads.IReadModels.ConsumerName) is var position && position < ledger.Head ? $"the read models are at {position} of {ledger.Head}"
            : null;
    }
}
