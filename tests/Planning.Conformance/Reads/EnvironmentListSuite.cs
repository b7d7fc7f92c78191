using Planning.Domain;
using Planning.Domain.Environments;
using Planning.Engine.InMemory;
using Planning.Engine.Pump;
using Planning.Engine.Reads;
using Xunit;

namespace Planning.Conformance.Reads;

/// <summary>What lists of environments and bookings show, and to whom, whatever keeps them.</summary>
public abstract class EnvironmentListSuite : IAsyncLifetime
{
    private static readonly PageRequest All = new(null, 200);
    private static readonly EnvironmentTreeId One = new("etr_1"), Two = new("etr_2");
    private static readonly EnvironmentId Staging = new("env_1"), Qa = new("env_1_qa"), Lab = new("env_2");
    private static readonly Actor Owner = Person("per_owner", "platform", "the lab"), User = Person("per_user", "payments"), Stranger = Person("per_stranger", "strangers");
    private static readonly DateTimeOffset Day = new(2027, 1, 15, 0, 0, 0, TimeSpan.Zero);

    protected History History { get; } = new();

    protected abstract IReadModels Reads { get; }

    public virtual Task InitializeAsync() => Task.CompletedTask;

    public virtual Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_viewer_sees_what_own_groups_own_or_use_and_auditors_and_admins_see_all()
    {
        await RegisterAsync();

        Assert.Equal([Lab, Qa, Staging], await EnvironmentsAsync(Owner));
        Assert.Equal([Qa], await EnvironmentsAsync(User));
        Assert.Empty(await EnvironmentsAsync(Stranger));
        Assert.Empty(await EnvironmentsAsync(Stranger with { Groups = [] }));
        Assert.Equal([Lab, Qa, Staging], await EnvironmentsAsync(Stranger with { Roles = [Role.Auditor] }));
        Assert.Equal([Lab, Qa, Staging], await EnvironmentsAsync(Stranger with { Roles = [Role.Admin], Groups = [] }));
        Assert.Empty((await Reads.ListEnvironmentsAsync(new Viewer(new WorkspaceId("wsp_two"), Owner.Id, Owner.Groups, SeesAll: true), new(), All, default)).Items);
    }

    [Fact]
    public async Task An_environment_is_listed_as_it_is_now_and_where_it_is_now()
    {
        await RegisterAsync();
        await SendAsync(One, new EnvironmentCommand.Change(Qa, Name: "QA \"2\", {a} \\ b", UserGroups: ["payments", "a,\"b\\"]), Owner);
        await SendAsync(One, new EnvironmentCommand.Move(Qa, Two, Lab), Owner);
        await SendAsync(Two, new EnvironmentCommand.Receive(Qa, One, "evt_1", Lab, [new SharedEnvironment(Qa, "QA", Staging, "platform", ["payments"], "Etc/UTC", [])], []), Actor.System);
        await SendAsync(One, new EnvironmentCommand.EndMove(Qa, Refused: null), Actor.System);
        await SendAsync(One, new EnvironmentCommand.Retire(Staging, "old"), Owner);
        await CatchUpAsync();

        var qa = Assert.Single((await Reads.ListEnvironmentsAsync(View(User), new(), All, default)).Items);
        Assert.Equal((Two, Lab, "QA"), (qa.Tree, qa.Parent, qa.Name));
        Assert.Equal([Staging], await EnvironmentsAsync(Owner, new(Retired: true)));
        Assert.Equal([Lab, Qa], await EnvironmentsAsync(Owner, new(Tree: Two)));
        Assert.Equal([Qa, Staging], await EnvironmentsAsync(Owner, new(OwnerGroup: "platform")));
    }

    [Fact]
    public async Task Odd_names_of_groups_come_back_as_they_were()
    {
        await RegisterAsync();
        string[] odd = ["a,b", "c\"d", "e\\f", "{g}", "h i", "NULL"];
        await SendAsync(One, new EnvironmentCommand.Change(Qa, UserGroups: [.. odd]), Owner);
        await CatchUpAsync();

        foreach (var group in odd)
            Assert.Equal(odd.Order(StringComparer.Ordinal), Assert.Single((await Reads.ListEnvironmentsAsync(View(Person("per_x", group)), new(), All, default)).Items).UserGroups.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_booking_is_seen_by_whoever_sees_its_environment_and_by_whoever_made_it()
    {
        await RegisterAsync();
        await BookAsync("bkg_1", Qa, User, 8, 10);
        await BookAsync("bkg_2", Staging, Owner, 10, 12);
        await BookAsync("bkg_3", Qa, User, 13, 14);
        await SendAsync(One, new EnvironmentCommand.MoveBooking(new BookingId("bkg_3"), Hours(15, 16)), User);
        await SendAsync(One, new EnvironmentCommand.CancelBooking(new BookingId("bkg_1")), User);
        await CatchUpAsync();
        // In a batch of its own: the row is changed where it lies.
        await SendAsync(One, new EnvironmentCommand.MoveBooking(new BookingId("bkg_2"), Hours(11, 12)), Owner);
        await CatchUpAsync();

        Assert.Equal(["bkg_3", "bkg_2", "bkg_1"], await BookingsAsync(Owner));
        Assert.Equal(["bkg_3", "bkg_1"], await BookingsAsync(User));
        Assert.Equal(["bkg_3", "bkg_1"], await BookingsAsync(User with { Groups = [] }));
        Assert.Empty(await BookingsAsync(Stranger));
        var moved = Assert.Single((await Reads.ListBookingsAsync(View(Owner), new(Id: new BookingId("bkg_2")), All, default)).Items);
        Assert.Equal((Hours(11, 12), BookingMode.Exclusive, Owner.Id, false), (moved.Window, moved.Mode, moved.By, moved.Cancelled));
        Assert.Equal(["bkg_1"], await BookingsAsync(Owner, new(Cancelled: true)));
        Assert.Equal(["bkg_3", "bkg_1"], await BookingsAsync(Owner, new(EnvironmentId: Qa)));
        Assert.Equal(["bkg_2"], await BookingsAsync(Owner, new(By: Owner.Id)));
        Assert.Equal(["bkg_3", "bkg_2"], await BookingsAsync(Owner, new(From: Day.AddHours(10))));
        Assert.Equal(["bkg_2", "bkg_1"], await BookingsAsync(Owner, new(To: Day.AddHours(15))));
        Assert.Equal(["bkg_3"], await BookingsAsync(Owner, new(PlanId: new PlanId("pln_bkg_3"))));
    }

    [Fact]
    public async Task Pages_follow_on_one_another_and_a_cursor_serves_its_own_list()
    {
        await RegisterAsync();
        for (var i = 0; i < 5; i++)
            await BookAsync($"bkg_{i}", Qa, User, i, i + 1);
        await CatchUpAsync();

        var first = await Reads.ListBookingsAsync(View(User), new(), new PageRequest(null, 2), default);
        var second = await Reads.ListBookingsAsync(View(User), new(), new PageRequest(first.Next, 3), default);

        Assert.Equal(["bkg_4", "bkg_3"], first.Items.Select(b => b.Id.Value));
        Assert.Equal(["bkg_2", "bkg_1", "bkg_0"], second.Items.Select(b => b.Id.Value));
        Assert.Null(second.Next);
        await Assert.ThrowsAsync<InvalidCursorException>(async () => await Reads.ListBookingsAsync(View(User), new(EnvironmentId: Qa), new PageRequest(first.Next, 3), default));
    }

    protected abstract Task CatchUpAsync();

    private static Actor Person(string id, params string[] groups) => new(new PersonId(id), ActorKind.Person, [Role.Planner, Role.ReleaseManager]) { Groups = groups };

    private static Viewer View(Actor actor) => Viewer.Of(History.Workspace, actor);

    private static TimeWindow Hours(int from, int to) => new(Day.AddHours(from), Day.AddHours(to));

    private async Task RegisterAsync()
    {
        await SendAsync(One, new EnvironmentCommand.Register(One, Staging, "Staging", null, "platform", [], "Etc/UTC", []), Owner);
        await SendAsync(One, new EnvironmentCommand.Register(One, Qa, "QA", Staging, "platform", ["payments"], "Etc/UTC", []), Owner);
        await SendAsync(Two, new EnvironmentCommand.Register(Two, Lab, "Lab", null, "the lab", [], "Etc/UTC", []), Owner);
        await CatchUpAsync();
    }

    private Task BookAsync(string id, EnvironmentId environment, Actor by, int from, int to) =>
        SendAsync(One, new EnvironmentCommand.Book(new BookingId(id), environment, BookingMode.Exclusive, Hours(from, to), new PlanId($"pln_{id}"), "4.0", "tests"), by);

    private async Task SendAsync(EnvironmentTreeId tree, EnvironmentCommand command, Actor by) =>
        Assert.Null(await History.SendAsync(EntityKey.Of(History.Workspace, tree), command, by));

    private async Task<IEnumerable<EnvironmentId>> EnvironmentsAsync(Actor actor, EnvironmentFilter? filter = null) =>
        (await Reads.ListEnvironmentsAsync(View(actor), filter ?? new(), All, default)).Items.Select(e => e.Id);

    private async Task<IEnumerable<string>> BookingsAsync(Actor actor, BookingFilter? filter = null) =>
        (await Reads.ListBookingsAsync(View(actor), filter ?? new(), All, default)).Items.Select(b => b.Id.Value);
}

public sealed class InMemoryEnvironmentListTests : EnvironmentListSuite
{
    private readonly InMemoryReadModels models = new();

    protected override IReadModels Reads => models;

    protected override Task CatchUpAsync() => History.FeedAsync(models, leaseEpoch: 1);
}

public sealed class PostgresEnvironmentListTests : EnvironmentListSuite
{
    private ProjectedDatabase database = null!;

    protected override IReadModels Reads => database.Reads;

    public override async Task InitializeAsync() => database = await ProjectedDatabase.CreateAsync(History);

    public override Task DisposeAsync() => database.DisposeAsync().AsTask();

    protected override Task CatchUpAsync() => History.FeedAsync(database.Projection, ProjectedDatabase.LeaseEpoch);
}
