using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using Planning.Domain;
using Planning.Domain.Environments;
using Planning.Domain.Refreshes;
using Planning.Domain.Rulebooks;
using Planning.Engine.Entities;
using Planning.Engine.Log;
using Planning.Gateway.Events;
using Planning.Gateway.Tests.Support;
using Xunit;

namespace Planning.Gateway.Tests;

/// <summary>Every event of a refresh and of a slot, as its decider makes it and as it goes over the wire, is what schemas/events says.</summary>
public sealed class RefreshEventSchemaTests
{
    private static readonly WorkspaceId Workspace = new("wsp_one");
    private static readonly EnvironmentTreeId TreeId = new("etr_1");
    private static readonly EnvironmentId Qa = new("env_1");
    private static readonly RefreshId Id = new("rfr_1");
    private static readonly DateTimeOffset Now = new(2027, 1, 15, 10, 0, 0, TimeSpan.Zero);
    private static readonly Actor Requester = Person("per_requester"), Everyone = Person("per_all");
    private static readonly Rulebook Rules = new(
        new ContentHash("sha256:" + new string('0', 64)), [], new Domain.Governance.GovernanceRules([]), [], new SealingPolicy(SealAlgorithm.RsaSha256, []),
        [new ChangeCalendar("ops", "Etc/UTC", [new ChangeFreeze("year end", new DateOnly(2027, 1, 20), new DateOnly(2027, 1, 25))])]);

    private readonly List<string> envelopes = [];
    private Refresh refresh = RefreshDecider.Initial;
    private EnvironmentTree tree = EnvironmentTreeDecider.Initial;

    [Fact]
    public void Each_event_of_a_refresh_and_of_a_slot_follows_its_schema()
    {
        PrepareTree();
        RequestAndReject();
        ApproveInVain();
        ApproveAndMove();
        Run();
        new RefreshEventSchemaTests(envelopes).ParkAndCancel();

        envelopes.ForEach(EventSchemas.AssertFollows);
        Assert.Equal(
            EventCodec.Types.Keys.Where(type => type.StartsWith("REFRESH_", StringComparison.Ordinal) || type.StartsWith("SLOT_", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
            envelopes.Select(TypeOf).Where(type => type.Contains("REFRESH_", StringComparison.Ordinal) || type.Contains("SLOT_", StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("\"environment_event\"", "\"planning_event\"")]
    [InlineData("\"entity_kind\":\"refresh\"", "\"entity_kind\":\"environment_tree\"")]
    [InlineData("\"type\":\"database_copy\"", "\"type\":\"coffee\"")]
    [InlineData("\"destroys\":[\"data\"", "\"destroys\":[\"hopes\"")]
    [InlineData("\"reason\":\"New data\",", "")]
    [InlineData("\"reason\":\"New data\",", "\"reason\":\"New data\",\"colour\":\"blue\",")]
    public void An_event_that_is_bent_breaks_its_schema(string part, string bent)
    {
        Draft();
        var text = Assert.Single(envelopes);

        Assert.True(EventSchemas.IsValid(text));
        Assert.Contains(part, text, StringComparison.Ordinal);
        Assert.False(EventSchemas.IsValid(text.Replace(part, bent, StringComparison.Ordinal)));
    }

    public RefreshEventSchemaTests() { }

    private RefreshEventSchemaTests(List<string> envelopes) => this.envelopes = envelopes;

    private void PrepareTree()
    {
        Tell(Everyone, new EnvironmentCommand.Register(TreeId, Qa, "QA", null, "platform", [], "Europe/Berlin", [new MaintenanceWindow(DayOfWeek.Sunday, new TimeOnly(2, 0), 60)]));
        Tell(Everyone, new EnvironmentCommand.Book(new BookingId("bkg_1"), Qa, BookingMode.Shared, Hours(2, 4), new PlanId("pln_1"), "4.0", "Tests"));
    }

    private void Draft() => Send(Requester, new RefreshCommand.Draft(Id, Qa, RefreshType.DatabaseCopy, [], WithChildren: false, Hours(1, 4), "New data", ["qa"]));

    private void RequestAndReject()
    {
        Draft();
        Send(Requester, new RefreshCommand.Edit(RefreshType.Reset, [Asset.TestAccounts], WithChildren: true, Hours(2, 4), "Newer data", ["qa", "ops"]));
        Send(Requester, new RefreshCommand.Request());
        Send(Everyone, new RefreshCommand.Reject("Too much."));
        Send(Requester, new RefreshCommand.Edit(RefreshType.DatabaseCopy, []));
        Send(Requester, new RefreshCommand.Request());
    }

    private void ApproveInVain()
    {
        Approve();
        Ask();
        Send(Everyone, new RefreshCommand.AcceptConflicts(["bkg_1"], "They know."));
    }

    private void ApproveAndMove()
    {
        Approve();
        Ask();
        Send(Actor.System, new RefreshCommand.FinishScheduling(refresh.Slots));
        Send(Actor.System, new RefreshCommand.Remind(refresh.Slots, Reminder.HourBefore));
        Send(Actor.System, new RefreshCommand.Unschedule(refresh.Slots, "A freeze has come up.", refresh.Conflicts));
        Send(Requester, new RefreshCommand.Move(Hours(24 * 6, (24 * 6) + 2)));
        Send(Requester, new RefreshCommand.Schedule());
        Ask();
        Tell(Actor.System, new EnvironmentCommand.ReleaseSlot(Id, refresh.Slots, KeepsEarlier: true));
        Send(Requester, new RefreshCommand.Move(Hours(6, 8)));
        Send(Requester, new RefreshCommand.Schedule());
        Ask();
        Send(Actor.System, new RefreshCommand.FinishScheduling(refresh.Slots));
    }

    private void Run()
    {
        Send(Everyone, new RefreshCommand.Start(), at: 6);
        Send(Everyone, new RefreshCommand.Fail("Disk full."), at: 6.5);
        Send(Everyone, new RefreshCommand.Retry(), at: 6.6);
        Ask();
        Send(Actor.System, new RefreshCommand.FinishScheduling(refresh.Slots));
        Send(Everyone, new RefreshCommand.Start(), at: 7);
        Send(Everyone, new RefreshCommand.Complete("All well."), at: 7.5);
        Send(Everyone, new RefreshCommand.RollBack("Wrong data."), at: 20);
    }

    private void ParkAndCancel()
    {
        Draft();
        Send(Requester, new RefreshCommand.Request());
        Approve();
        Send(Actor.System, new RefreshCommand.Park(1, "The tree does not answer."));
        Send(Requester, new RefreshCommand.Resume());
        Send(Requester, new RefreshCommand.Cancel("Not needed."));
    }

    private void Approve() => Send(Everyone, new RefreshCommand.Approve(refresh.Scope.Destroys, "Go."));

    /// <summary>Asks the tree for the slot, and tells the refresh what it has answered.</summary>
    private void Ask()
    {
        var pending = refresh.Pending!;
        Tell(Actor.System, new EnvironmentCommand.ReserveSlot(new SlotWish(Id, pending.Number, Qa, refresh.Scope, pending.Window, refresh.AcceptedIn(pending.Window), Executing: [], Checked: []), Requester.Id));
        var answer = tree.Slots[Id.Value];
        Send(Actor.System, answer.Refused is { } why ? new RefreshCommand.RefuseSlot(pending.Number, why, answer.Conflicts, answer.NextFree) : new RefreshCommand.GrantSlot(pending.Number, answer.Conflicts));
    }

    private void Send(Actor by, RefreshCommand command, double at = 0)
    {
        var decision = RefreshDecider.Decide(refresh, command, new Issued(by, Now.AddHours(at), Rules));
        Assert.True(decision is { Rejection: null, Events.Count: > 0 }, $"{command}: {decision.Rejection}");
        refresh = decision.Events.Aggregate(refresh, RefreshDecider.Evolve);
        foreach (var happened in decision.Events)
            Write(happened, EntityKey.Of(Workspace, Id), by);
    }

    private void Tell(Actor by, EnvironmentCommand command)
    {
        var decision = EnvironmentTreeDecider.Decide(tree, command, new Issued(by, Now, Rules));
        Assert.True(decision is { Rejection: null, Events.Count: > 0 }, $"{command}: {decision.Rejection}");
        tree = decision.Events.Aggregate(tree, EnvironmentTreeDecider.Evolve);
        foreach (var happened in decision.Events)
            Write(happened, EntityKey.Of(Workspace, TreeId), by);
    }

    private void Write(object happened, EntityKey entity, Actor by)
    {
        var encoded = EventCodec.Encode(happened, "evt_2027_01_15_a");
        var output = new ArrayBufferWriter<byte>();
        EventEnvelopes.Write(output, new StoredEvent(
            0, envelopes.Count + 1, entity, envelopes.Count + 1, encoded.EventId, encoded.Type, encoded.SchemaVersion, encoded.Data,
            Encoding.UTF8.GetBytes($$"""{"actor":"{{by.Id}}","actor_kind":"{{by.Kind.ToString().ToLowerInvariant()}}"}"""), "cmd_1", 0, Now));
        envelopes.Add(Encoding.UTF8.GetString(output.WrittenSpan));
    }

    private static string TypeOf(string envelope) => System.Text.Json.JsonDocument.Parse(envelope).RootElement.GetProperty("event").GetProperty("type").GetString()!;

    private static TimeWindow Hours(double from, double to) => new(Now.AddHours(from), Now.AddHours(to));

    private static Actor Person(string id) => new(new PersonId(id), ActorKind.Person, Enum.GetValues<Role>()) { StepUpAt = Now };
}
