using Planning.Benchmarks.Harness;
using Planning.Domain;
using Planning.Domain.Environments;
using Planning.Engine.Entities;

namespace Planning.Benchmarks.Engine;

/// <summary>Bookings of an environment whose schedule is full: what stands in the way, and when it is next free.</summary>
internal static class ScheduleBenchmarks
{
    private const int Entries = 10_000;

    private static readonly EnvironmentTreeId TreeId = new("etr_1");
    private static readonly EnvironmentId Root = new("env_1"), Child = new("env_1_a");
    private static readonly EntityKey Key = EntityKey.Of(BenchmarkPlans.Workspace, TreeId);
    private static readonly Actor Owner = new(new PersonId("owner"), ActorKind.Person, [Role.ReleaseManager]) { Groups = ["platform"] };

    public static IReadOnlyList<Benchmark> All { get; } = [new($"booking.refused.{Entries}", RefusedAsync), new($"booking.made.{Entries}", MadeAsync)];

    private static async Task<Measured> RefusedAsync(BenchmarkRun run)
    {
        await using var node = await BenchmarkNode.OpenAsync(run.ConnectionString);
        var day = await FillAsync(node.Node.Host);
        return await ClosedLoop.RunAsync(1, run.Seconds, async _ =>
        {
            // All of them are in the way of the first free hour.
            var answer = await BookAsync(node.Node.Host, Root, new TimeWindow(day, day.AddHours(1)));
            if (answer is not Answer.Rejected { Rejection.Code: "environment_taken" })
                throw new InvalidOperationException("A booking was accepted that others exclude.");
        });
    }

    private static async Task<Measured> MadeAsync(BenchmarkRun run)
    {
        await using var node = await BenchmarkNode.OpenAsync(run.ConnectionString);
        var day = await FillAsync(node.Node.Host);
        return await ClosedLoop.RunAsync(1, run.Seconds, async _ =>
        {
            var booking = new BookingId(Planning.Engine.Ids.New("bkg_"));
            Accepted(await BookAsync(node.Node.Host, Child, new TimeWindow(day.AddHours(-1), day), booking));
            Accepted(await SendAsync(node.Node.Host, new EnvironmentCommand.CancelBooking(booking)));
        });
    }

    /// <returns>The first minute that is taken.</returns>
    private static async Task<DateTimeOffset> FillAsync(IEntityHost host)
    {
        var day = TimeProvider.System.GetUtcNow().AddDays(1);
        Accepted(await SendAsync(host, new EnvironmentCommand.Register(TreeId, Root, "Root", null, "platform", [], "Etc/UTC", [])));
        Accepted(await SendAsync(host, new EnvironmentCommand.Register(TreeId, Child, "Child", Root, "platform", [], "Etc/UTC", [])));
        for (var i = 0; i < Entries; i++)
            Accepted(await BookAsync(host, Child, new TimeWindow(day.AddMinutes(20 * i), day.AddMinutes((20 * i) + 20))));
        return day;
    }

    private static ValueTask<Answer> BookAsync(IEntityHost host, EnvironmentId environment, TimeWindow window, BookingId? id = null) =>
        SendAsync(host, new EnvironmentCommand.Book(id ?? new BookingId(Planning.Engine.Ids.New("bkg_")), environment, BookingMode.Exclusive, window));

    private static ValueTask<Answer> SendAsync(IEntityHost host, EnvironmentCommand command) =>
        host.SendAsync(new CommandRequest(Key, command, Owner, Planning.Engine.Ids.New("cmd_")), CancellationToken.None);

    private static void Accepted(Answer answer)
    {
        if (answer is Answer.Rejected refused)
            throw new InvalidOperationException($"A command was refused: {refused.Rejection.Message}");
    }
}
