using System.Collections.Immutable;
using Planning.Domain;
using Planning.Domain.Environments;
using Planning.Domain.Plans;
using Planning.Domain.Refreshes;
using Planning.Domain.Rulebooks;
using Planning.Engine.Calendars;
using Planning.Engine.InMemory;
using Planning.Engine.Reads;
using Xunit;

namespace Planning.Conformance.Reads;

/// <summary>What a calendar shows, to whom and in which order, and when it says that it has changed, whatever keeps it.</summary>
public abstract class CalendarSuite : IAsyncLifetime
{
    private static readonly EnvironmentTreeId Tree = new("etr_1");
    private static readonly EnvironmentId Staging = new("env_1"), Qa = new("env_1_qa");
    private static readonly Actor Owner = Person("per_owner", "platform"), User = Person("per_user", "payments"), Stranger = Person("per_stranger", "strangers");

    // A Friday after the history's present.
    private static readonly DateTimeOffset Day = new(2027, 1, 15, 0, 0, 0, TimeSpan.Zero);
    private static readonly CalendarFilter Week = new(new TimeWindow(Day.AddDays(-3), Day.AddDays(4)));

    protected History History { get; } = new();

    protected abstract IReadModels Reads { get; }

    public virtual Task InitializeAsync() => Task.CompletedTask;

    public virtual Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Everything_that_overlaps_the_range_is_shown_by_start_to_those_who_may_see_it()
    {
        await FilledAsync();

        Assert.Equal(["bkg_1", "bkg_2", "rfr_1", "rfr_2"], await IdsAsync(Owner, Week));
        Assert.Equal(["bkg_2", "rfr_2"], await IdsAsync(User, Week));
        Assert.Equal(["rfr_1"], await IdsAsync(Stranger with { Groups = ["told"] }, Week));
        Assert.Empty(await IdsAsync(Stranger, Week));
        Assert.Equal(["bkg_1", "bkg_2", "rfr_1", "rfr_2"], await IdsAsync(Stranger with { Roles = [Role.Auditor] }, Week));
        Assert.Equal(["bkg_1"], await IdsAsync(Owner, Week with { Range = Hours(9, 10) }));
        Assert.Equal(["bkg_2", "rfr_1"], await IdsAsync(Owner, Week with { Range = Hours(10, 11) }));
    }

    [Fact]
    public async Task Filters_narrow_what_is_shown()
    {
        await FilledAsync();

        Assert.Equal(["bkg_1", "bkg_2"], await IdsAsync(Owner, Week with { Kind = CalendarKind.Booking }));
        Assert.Equal(["rfr_1", "rfr_2"], await IdsAsync(Owner, Week with { Kind = CalendarKind.Refresh }));
        Assert.Equal(["bkg_2", "rfr_2"], await IdsAsync(Owner, Week with { EnvironmentId = Qa }));
        Assert.Equal(["bkg_2", "rfr_2"], await IdsAsync(Owner, Week with { Group = "payments" }));
        Assert.Equal(["rfr_2"], await IdsAsync(Owner, Week with { Status = RefreshStatus.Draft }));
        Assert.Equal(["rfr_1"], await IdsAsync(Owner, Week with { Status = RefreshStatus.Requested }));
        Assert.Empty(await IdsAsync(Owner, Week with { Status = RefreshStatus.Requested, Kind = CalendarKind.Booking }));
    }

    [Fact]
    public async Task An_entry_says_what_it_is()
    {
        await FilledAsync();

        var entries = (await Reads.ReadCalendarAsync(View(Owner), Week, after: null, 50, default)).Entries;

        Assert.Equal(new CalendarEntry("bkg_1", CalendarKind.Booking, Hours(8, 10), Staging, "Staging", "exclusive", null, Owner.Id, "tests", entries[0].ChangedAt), entries[0]);
        Assert.Equal(new CalendarEntry("rfr_1", CalendarKind.Refresh, Hours(10, 12), Staging, "Staging", "database_copy", "REQUESTED", Owner.Id, "Fresh data", entries[2].ChangedAt), entries[2]);
        Assert.Null(Assert.Single((await Reads.ReadCalendarAsync(View(User with { Groups = [] }), Week, after: null, 50, default)).Entries).Environment);
    }

    [Fact]
    public async Task Pages_of_any_size_show_each_entry_once_computed_ones_among_them()
    {
        await FilledAsync();
        var whole = await ReadAsync(after: null, 200);

        Assert.Null(whole.Next);
        Assert.Equal(["bkg_1", "bkg_2", "rfr_1", "rfr_2"], whole.Entries.Where(e => e.Kind is CalendarKind.Booking or CalendarKind.Refresh).Select(e => e.Id));
        Assert.Equal("Winter rest", Assert.Single(whole.Entries, e => e.Kind == CalendarKind.Freeze).Text);
        Assert.Equal([Day.AddDays(2).AddHours(1)], whole.Entries.Where(e => e.Kind == CalendarKind.Maintenance).Select(e => e.Window.From));
        for (var limit = 1; limit <= whole.Entries.Length; limit++)
        {
            var seen = new List<CalendarEntry>();
            for (CalendarPlace? place = null; ;)
            {
                var page = await ReadAsync(place, limit);
                seen.AddRange(page.Entries);
                if (page.Next is not { } next)
                    break;
                place = next;
            }
            Assert.Equal(whole.Entries, seen);
        }
    }

    [Fact]
    public async Task Weekly_windows_are_shown_of_environments_in_use_that_the_viewer_sees()
    {
        await FilledAsync();

        Assert.Equal(["QA"], await MaintainedAsync(User, Week));
        Assert.Equal(["QA"], await MaintainedAsync(Owner, Week));
        Assert.Empty(await MaintainedAsync(Stranger, Week));
        Assert.Empty(await MaintainedAsync(Owner, Week with { EnvironmentId = Staging }));
        Assert.Equal(["QA"], await MaintainedAsync(Owner, Week with { Group = "payments" }));
        await SendAsync(new EnvironmentCommand.Change(Staging, MaintenanceWindows: [new(DayOfWeek.Monday, new TimeOnly(3, 30), 45)]), Owner);
        await CatchUpAsync();
        Assert.Equal(["QA", "Staging"], await MaintainedAsync(Owner, Week));
        var window = (await Reads.ListMaintenanceAsync(View(Owner), Week with { EnvironmentId = Staging }, default)).Single().Windows.Single();
        Assert.Equal(new MaintenanceWindow(DayOfWeek.Monday, new TimeOnly(3, 30), 45), window);
    }

    [Fact]
    public async Task The_mark_moves_with_everything_that_a_calendar_shows_and_with_nothing_else()
    {
        Assert.Equal(0, await MarkAsync());
        await FilledAsync();
        var mark = await MarkAsync();

        Assert.Equal(mark, (await Reads.ReadCalendarAsync(View(Owner), Week, after: null, 50, default)).Mark);
        Assert.Equal(mark, (await Reads.ReadCalendarAsync(View(Stranger), Week, after: null, 50, default)).Mark);
        Assert.Equal(0, await Reads.CalendarMarkAsync(new WorkspaceId("wsp_two"), default));
        await History.CreateAsync("pln_1", "A plan");
        await CatchUpAsync();
        Assert.Equal(mark, await MarkAsync());
        foreach (var change in new EnvironmentCommand[]
        {
            new EnvironmentCommand.MoveBooking(new BookingId("bkg_1"), Hours(7, 9)),
            new EnvironmentCommand.Change(Staging, Name: "Stage"),
            new EnvironmentCommand.CancelBooking(new BookingId("bkg_1")),
        })
        {
            await SendAsync(change, Owner);
            await CatchUpAsync();
            Assert.Equal(await History.Log.HeadAsync(0, default), await MarkAsync());
        }
        await RefreshAsync("rfr_2", new RefreshCommand.Cancel("no need"));
        await CatchUpAsync();
        Assert.Equal(await History.Log.HeadAsync(0, default), await MarkAsync());
        Assert.Equal(["bkg_2", "rfr_1"], await IdsAsync(Owner, Week));
    }

    [Fact]
    public async Task A_cursor_serves_its_own_calendar()
    {
        await FilledAsync();
        var place = (await ReadAsync(after: null, 2)).Next!.Value;

        var cursor = CalendarCursor.Write(History.Workspace, Week, place);

        Assert.Equal(place, CalendarCursor.Read(History.Workspace, Week, cursor));
        Assert.Null(CalendarCursor.Read(History.Workspace, Week, null));
        foreach (var wrong in new[] { "", "x", cursor + "AAAA" + new string('A', 400), "AAAA", new string('_', cursor.Length) })
            Assert.Throws<InvalidCursorException>(() => CalendarCursor.Read(History.Workspace, Week, wrong));
        Assert.Throws<InvalidCursorException>(() => CalendarCursor.Read(History.Workspace, Week with { Kind = CalendarKind.Booking }, cursor));
        Assert.Throws<InvalidCursorException>(() => CalendarCursor.Read(new WorkspaceId("wsp_two"), Week, cursor));
    }

    protected abstract Task CatchUpAsync();

    private static readonly Rulebook Rules = new(
        History.Hash("rules"), [], null!, [], new SealingPolicy(SealAlgorithm.RsaSha256, []),
        [new ChangeCalendar("company", "Etc/UTC", [new ChangeFreeze("Winter rest", new DateOnly(2027, 1, 15), new DateOnly(2027, 1, 15)), new ChangeFreeze("Easter", new DateOnly(2027, 3, 26), new DateOnly(2027, 3, 29))])]);

    private static Actor Person(string id, params string[] groups) => new(new PersonId(id), ActorKind.Person, [Role.Planner, Role.ReleaseManager]) { Groups = groups };

    private static Viewer View(Actor actor) => Viewer.Of(History.Workspace, actor);

    private static TimeWindow Hours(int from, int to) => new(Day.AddHours(from), Day.AddHours(to));

    /// <summary>Two environments, two bookings and one cancelled, two refreshes and one cancelled.</summary>
    private async Task FilledAsync()
    {
        await SendAsync(new EnvironmentCommand.Register(Tree, Staging, "Staging", null, "platform", [], "Etc/UTC", []), Owner);
        await SendAsync(new EnvironmentCommand.Register(Tree, Qa, "QA", Staging, "platform", ["payments"], "Europe/Berlin", [new(DayOfWeek.Sunday, new TimeOnly(2, 0), 60)]), Owner);
        await BookAsync("bkg_1", Staging, Owner, 8, 10);
        await BookAsync("bkg_2", Qa, User, 10, 12);
        await BookAsync("bkg_3", Qa, User, 13, 14);
        await SendAsync(new EnvironmentCommand.CancelBooking(new BookingId("bkg_3")), User);
        await DraftAsync("rfr_1", Staging, 10, request: true, "told");
        await DraftAsync("rfr_2", Qa, 14, request: false);
        await DraftAsync("rfr_3", Qa, 16, request: false);
        await RefreshAsync("rfr_3", new RefreshCommand.Cancel("no need"));
        await CatchUpAsync();
    }

    private Task BookAsync(string id, EnvironmentId environment, Actor by, int from, int to) =>
        SendAsync(new EnvironmentCommand.Book(new BookingId(id), environment, BookingMode.Exclusive, Hours(from, to), null, "4.0", "tests"), by);

    private Task DraftAsync(string id, EnvironmentId environment, int hour, bool request, params string[] groups) => RefreshAsync(
        id, new RefreshCommand.Draft(new RefreshId(id), environment, RefreshType.DatabaseCopy, [], false, Hours(hour, hour + 2), "Fresh data", [.. groups], request));

    private async Task SendAsync(EnvironmentCommand command, Actor by) => Assert.Null(await History.SendAsync(EntityKey.Of(History.Workspace, Tree), command, by));

    private async Task RefreshAsync(string id, RefreshCommand command) => Assert.Null(await History.SendAsync(EntityKey.Of(History.Workspace, new RefreshId(id)), command, Owner));

    private ValueTask<CalendarPage> ReadAsync(CalendarPlace? after, int limit) => CalendarReader.ReadAsync(Reads, Rules, View(Owner), Week, after, limit, default);

    private ValueTask<long> MarkAsync() => Reads.CalendarMarkAsync(History.Workspace, default);

    private async Task<IEnumerable<string>> IdsAsync(Actor actor, CalendarFilter filter) =>
        (await Reads.ReadCalendarAsync(View(actor), filter, after: null, 50, default)).Entries.Select(e => e.Id);

    private async Task<IEnumerable<string>> MaintainedAsync(Actor actor, CalendarFilter filter) =>
        (await Reads.ListMaintenanceAsync(View(actor), filter, default)).Select(row => row.Environment).Order(StringComparer.Ordinal);
}

public sealed class InMemoryCalendarTests : CalendarSuite
{
    private readonly InMemoryReadModels models = new();

    protected override IReadModels Reads => models;

    protected override Task CatchUpAsync() => History.FeedAsync(models, leaseEpoch: 1);
}

public sealed class PostgresCalendarTests : CalendarSuite
{
    private ProjectedDatabase database = null!;

    protected override IReadModels Reads => database.Reads;

    public override async Task InitializeAsync() => database = await ProjectedDatabase.CreateAsync(History);

    public override Task DisposeAsync() => database.DisposeAsync().AsTask();

    protected override Task CatchUpAsync() => History.FeedAsync(database.Projection, ProjectedDatabase.LeaseEpoch);
}
