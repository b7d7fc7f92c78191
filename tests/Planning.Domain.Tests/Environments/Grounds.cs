using System.Collections.Immutable;
using Planning.Domain.Environments;

namespace Planning.Domain.Tests.Environments;

/// <summary>
/// A tree of three levels and the people who use it:
/// <code>
/// staging ── qa ── qa_db
///        └── perf
/// </code>
/// </summary>
internal static class Grounds
{
    public const string Platform = "platform", Payments = "payments";

    public static readonly EnvironmentTreeId TreeId = new("etr_1");
    public static readonly EnvironmentId Staging = new("env_staging"), Qa = new("env_qa"), QaDb = new("env_qa_db"), Perf = new("env_perf");

    /// <summary>Of the group that owns everything.</summary>
    public static readonly Actor Owner = World.Person("per_owner", Role.ReleaseManager) with { Groups = [Platform] };

    /// <summary>Of a group that may use everything.</summary>
    public static readonly Actor User = World.Person("per_user", Role.Planner) with { Groups = [Payments] };

    public static readonly Actor OtherUser = World.Person("per_other_user", Role.Planner) with { Groups = [Payments] };

    public static readonly Actor Stranger = World.Person("per_stranger", Role.Planner, Role.ReleaseManager) with { Groups = ["strangers"] };

    public static EnvironmentTree Tree { get; } = Of(
        Owner, Register(Staging), Register(Qa, Staging), Register(QaDb, Qa), Register(Perf, Staging));

    public static EnvironmentCommand.Register Register(EnvironmentId id, EnvironmentId? parent = null, string? name = null) =>
        new(TreeId, id, name ?? id.Value[4..], parent, Platform, [Payments], "Europe/Berlin", []);

    /// <summary>Hours from now.</summary>
    public static TimeWindow Hours(double from, double to) => new(World.Now.AddHours(from), World.Now.AddHours(to));

    public static EnvironmentCommand.Book Book(string id, EnvironmentId environment, TimeWindow window, BookingMode mode = BookingMode.Exclusive) =>
        new(new BookingId(id), environment, mode, window);

    public static EnvironmentTree Of(Actor by, params IEnumerable<EnvironmentCommand> commands) => After(EnvironmentTree.None, by, commands);

    public static EnvironmentTree After(EnvironmentTree tree, Actor by, params IEnumerable<EnvironmentCommand> commands) => commands.Aggregate(tree, (before, command) =>
    {
        var decision = EnvironmentTreeDecider.Decide(before, command, World.By(by));
        Assert.Null(decision.Rejection);
        return decision.Events.Aggregate(before, EnvironmentTreeDecider.Evolve);
    });

    public static string? Code(EnvironmentTree tree, EnvironmentCommand command, Actor by) => Refusal(tree, command, by)?.Code;

    public static Rejection? Refusal(EnvironmentTree tree, EnvironmentCommand command, Actor by) => EnvironmentTreeDecider.Decide(tree, command, World.By(by)).Rejection;

    public static ImmutableArray<EnvironmentEvent> Events(EnvironmentTree tree, EnvironmentCommand command, Actor by)
    {
        var decision = EnvironmentTreeDecider.Decide(tree, command, World.By(by));
        Assert.Null(decision.Rejection);
        return [.. decision.Events];
    }
}
