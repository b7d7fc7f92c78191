using System.Diagnostics;
using Planning.Benchmarks.Harness;
using Planning.Domain;
using Planning.Domain.Environments;
using Planning.Domain.Refreshes;
using Planning.Engine.Entities;
using Planning.Engine.Refreshes;

namespace Planning.Benchmarks.Engine;

/// <summary>Slots of refreshes in a full schedule, and reminders that all fell due while nothing ran.</summary>
internal static class RefreshBenchmarks
{
    private const int Entries = 10_000, Due = 10_000, AtOnce = 64;

    private static readonly EnvironmentTreeId TreeId = new("etr_1");
    private static readonly EnvironmentId Root = new("env_1"), Child = new("env_1_a");
    private static readonly EntityKey Tree = EntityKey.Of(BenchmarkPlans.Workspace, TreeId);
    private static readonly Actor Owner = new(new PersonId("owner"), ActorKind.Person, [Role.ReleaseManager]) { Groups = ["platform"] };
    private static readonly Actor Approver = new(new PersonId("approver"), ActorKind.Person, [Role.Approver]) { Groups = ["platform"] };
    private static readonly ImpactScope Scope = ImpactScope.Of(RefreshType.Redeployment, [], withChildren: true).Scope!;

    public static IReadOnlyList<Benchmark> All { get; } = [new($"refresh.conflicts.{Entries}", ConflictsAsync), new($"reminders.overdue.{Due}", RemindersAsync)];

    /// <summary>A slot that all of a schedule's entries stand in the way of: refused, recorded, with the next free window.</summary>
    private static async Task<Measured> ConflictsAsync(BenchmarkRun run)
    {
        await using var node = await BenchmarkNode.OpenAsync(run.ConnectionString);
        var host = node.Node.Host;
        var day = TimeProvider.System.GetUtcNow().AddDays(1);
        await AcceptedAsync(host, Tree, new EnvironmentCommand.Register(TreeId, Root, "Root", null, "platform", [], "Etc/UTC", []), Owner);
        await AcceptedAsync(host, Tree, new EnvironmentCommand.Register(TreeId, Child, "Child", Root, "platform", [], "Etc/UTC", []), Owner);
        for (var i = 0; i < Entries; i++)
        {
            await AcceptedAsync(
                host, Tree, new EnvironmentCommand.Book(new BookingId($"bkg_1_{i}"), Child, BookingMode.Exclusive, new TimeWindow(day.AddMinutes(4 * i), day.AddMinutes((4 * i) + 4))), Owner);
        }
        var slot = 0;
        return await ClosedLoop.RunAsync(1, run.Seconds, async _ =>
        {
            var wish = new SlotWish(new RefreshId("rfr_1"), ++slot, Root, Scope, new TimeWindow(day, day.AddDays(30)), Accepted: [], Executing: [], Checked: []);
            var answer = await AcceptedAsync(host, Tree, new EnvironmentCommand.ReserveSlot(wish, Owner.Id), Actor.System);
            if (((EnvironmentTree)answer.State).Slots["rfr_1"].Refused is null)
                throw new InvalidOperationException("A slot was kept that others exclude.");
        });
    }

    /// <summary>From the start of a server to the last of the reminders, each recorded once.</summary>
    private static async Task<Measured> RemindersAsync(BenchmarkRun run)
    {
        await using (var before = await BenchmarkNode.OpenAsync(run.ConnectionString))
        {
            await Parallel.ForAsync(0, Due, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, _) => await ScheduleAsync(before.Node.Host, new RefreshId($"rfr_{i}")));
            before.Node.Start();
            await before.CatchUpAsync();
            var reminders = new RefreshReminders(
                before.Node.Host, before.Node.Backend.Timers, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<RefreshReminders>.Instance);
            // Set while the server is still there, due when it is not.
            var soon = TimeProvider.System.GetUtcNow().AddDays(1).AddSeconds(30);
            await Parallel.ForAsync(0, Due, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, stop) =>
                await reminders.SetAsync(BenchmarkPlans.Workspace, new RefreshId($"rfr_{i}"), slot: 1, new TimeWindow(soon, soon.AddHours(1)), stop));
        }
        await Task.Delay(TimeSpan.FromSeconds(35), TimeProvider.System);

        var began = Stopwatch.GetTimestamp();
        await using var node = await BenchmarkNode.OpenAsync(run.ConnectionString);
        var log = node.Node.Backend.Log;
        var (position, reminded) = (await log.HeadAsync(0, CancellationToken.None), new List<string>());
        node.Node.Start();
        while (reminded.Count < Due)
        {
            foreach (var stored in await log.ReadAsync(0, position, 5_000, CancellationToken.None))
            {
                position = stored.Position;
                if (stored.Type == "REFRESH_REMINDED")
                    reminded.Add(stored.Entity.Id);
            }
            if (Stopwatch.GetElapsedTime(began) > TimeSpan.FromMinutes(2))
                throw new TimeoutException($"Only {reminded.Count} of {Due} reminders came.");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
        var took = Stopwatch.GetElapsedTime(began);
        if (reminded.Distinct().Count() != Due || reminded.Count != Due)
            throw new InvalidOperationException($"{reminded.Count} reminders came for {reminded.Distinct().Count()} refreshes.");
        return new Measured(took.TotalSeconds, null, null, Unit: "s", Note: $"{Due} reminders, each once, from the start of the server");
    }

    private static async ValueTask ScheduleAsync(IEntityHost host, RefreshId id)
    {
        var key = EntityKey.Of(BenchmarkPlans.Workspace, id);
        var day = TimeProvider.System.GetUtcNow().AddDays(1);
        await AcceptedAsync(host, key, new RefreshCommand.Draft(id, Root, RefreshType.Redeployment, [], WithChildren: false, new TimeWindow(day, day.AddHours(1)), "Release", [], AtOnce: true), Owner);
        await AcceptedAsync(host, key, new RefreshCommand.Approve([Asset.Configuration, Asset.DeployedVersions, Asset.Sessions]), Approver);
        await AcceptedAsync(host, key, new RefreshCommand.GrantSlot(1, []), Actor.System);
        await AcceptedAsync(host, key, new RefreshCommand.FinishScheduling(1), Actor.System);
    }

    private static async ValueTask<Answer.Accepted> AcceptedAsync(IEntityHost host, EntityKey entity, object command, Actor by) =>
        await host.SendAsync(new CommandRequest(entity, command, by, Planning.Engine.Ids.New("cmd_")), CancellationToken.None) switch
        {
            Answer.Accepted accepted => accepted,
            Answer.Rejected refused => throw new InvalidOperationException($"A command was refused: {refused.Rejection.Message}"),
            _ => throw new UnreachableException(),
        };
}
