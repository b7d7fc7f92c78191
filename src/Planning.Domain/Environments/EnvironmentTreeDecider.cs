using System.Diagnostics;

namespace Planning.Domain.Environments;

/// <summary>
/// What a tree of environments answers. Everything that may exclude something else in one tree is decided here, one command
/// at a time. The rules of each family of commands are in the other files of this class.
/// </summary>
public sealed partial class EnvironmentTreeDecider : IDecider<EnvironmentTree, EnvironmentCommand, EnvironmentEvent>
{
    public static EnvironmentTree Initial => EnvironmentTree.None;

    public static Decision<EnvironmentEvent> Decide(EnvironmentTree tree, EnvironmentCommand command, Issued issued) => command switch
    {
        EnvironmentCommand.Register register => Register(tree, register, issued),
        EnvironmentCommand.Change change => Change(tree, change, issued),
        EnvironmentCommand.Retire retire => Retire(tree, retire, issued),
        EnvironmentCommand.Move move => Move(tree, move, issued),
        EnvironmentCommand.Receive receive => Receive(tree, receive, issued),
        EnvironmentCommand.EndMove end => EndMove(tree, end, issued),
        EnvironmentCommand.Book book => Book(tree, book, issued),
        EnvironmentCommand.MoveBooking move => MoveBooking(tree, move, issued),
        EnvironmentCommand.CancelBooking cancel => CancelBooking(tree, cancel, issued),
        EnvironmentCommand.ReserveSlot reserve => ReserveSlot(tree, reserve, issued),
        EnvironmentCommand.ReleaseSlot release => ReleaseSlot(tree, release, issued),
        _ => throw new UnreachableException($"A tree of environments knows no command {command.GetType().Name}."),
    };

    /// <summary>Why an actor may not use an environment now; null when it may.</summary>
    public static Rejection? Refuse(EnvironmentTree tree, EnvironmentId id, Actor by)
    {
        if (tree.Gone.TryGetValue(id.Value, out var elsewhere))
            return Rejection.Conflict("environment_elsewhere", $"Environment {id} belongs to the tree {elsewhere} now. Send the command again.");
        if (tree.Find(id) is not { } environment)
            return Rejection.NotFound("environment_not_found", "There is no environment with this id in this workspace.");
        if (!environment.IsOpenTo(by))
            return Rejection.Forbidden(
                "environment_of_another_group", $"Environment {id} belongs to a group that {by.Id} is not in. Ask its owners to add one of your groups to its users.");
        if (environment.Retired)
            return Rejection.Conflict("environment_retired", $"Environment {environment.Name} ({id}) is retired and is used no more.");
        if (tree.IsLeaving(id))
            return Rejection.Unavailable("environment_moving", $"Environment {environment.Name} ({id}) is on its way to another tree. Try again in a moment.");
        return null;
    }
}
