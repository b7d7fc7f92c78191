using System.Collections.Immutable;
using System.Diagnostics;

namespace Planning.Domain.Rulebooks;

/// <summary>Which rulebook holds in a workspace, and which did. Administrative events: they are no part of a plan's fifteen.</summary>
public abstract record RulebookEvent
{
    private RulebookEvent() { }

    /// <param name="Files">File name to the blob of its bytes; the hash of a rulebook is over all of them.</param>
    public sealed record RulebookActivated(ContentHash RulebookHash, ImmutableSortedDictionary<string, ContentHash> Files, ContentHash? Replaces) : RulebookEvent;
}

public abstract record RulebookCommand
{
    private RulebookCommand() { }

    /// <summary>Activates a rulebook that was read without findings.</summary>
    public sealed record Activate(ContentHash RulebookHash, ImmutableSortedDictionary<string, ContentHash> Files) : RulebookCommand;
}

public sealed record RulebookHistory(RulebookEvent.RulebookActivated? Active, ImmutableSortedDictionary<string, RulebookEvent.RulebookActivated> All)
{
    /// <summary>A workspace without a rulebook of its own lives by the shipped one.</summary>
    public static RulebookHistory Shipped { get; } = new(null, ImmutableSortedDictionary<string, RulebookEvent.RulebookActivated>.Empty);
}

public sealed class RulebookDecider : IDecider<RulebookHistory, RulebookCommand, RulebookEvent>
{
    public static RulebookHistory Initial => RulebookHistory.Shipped;

    public static Decision<RulebookEvent> Decide(RulebookHistory history, RulebookCommand command, Issued issued)
    {
        if (Permissions.Refuse(issued.By, Permission.ManageRulebook) is { } refused)
            return refused;
        return command switch
        {
            RulebookCommand.Activate activate when activate.RulebookHash == history.Active?.RulebookHash => Decision<RulebookEvent>.Nothing,
            RulebookCommand.Activate activate => new RulebookEvent.RulebookActivated(activate.RulebookHash, activate.Files, history.Active?.RulebookHash),
            _ => throw new UnreachableException($"A rulebook knows no command {command.GetType().Name}."),
        };
    }

    public static RulebookHistory Evolve(RulebookHistory history, RulebookEvent happened) => happened switch
    {
        RulebookEvent.RulebookActivated e => new RulebookHistory(e, history.All.SetItem(e.RulebookHash.Value, e)),
        _ => throw new UnreachableException($"A rulebook knows no event {happened.GetType().Name}."),
    };
}
