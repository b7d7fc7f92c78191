using System.Collections.Immutable;
using System.Diagnostics;

namespace Planning.Domain.Rulebooks;

/// <summary>Which rulebook holds in a workspace, and which did. Administrative events: they are no part of a plan's fifteen.</summary>
public abstract record RulebookEvent
{
    private RulebookEvent() { }

    /// <param name="Files">File name to the blob of its bytes; the hash of a rulebook is over all of them.</param>
    public sealed record RulebookActivated(ContentHash RulebookHash, ImmutableSortedDictionary<string, ContentHash> Files, ContentHash? Replaces) : RulebookEvent;

    /// <summary>A rulebook without errors that may be tried on the open plans, and activated by its hash.</summary>
    public sealed record RulebookProposed(ContentHash RulebookHash, ImmutableSortedDictionary<string, ContentHash> Files) : RulebookEvent;
}

public abstract record RulebookCommand
{
    private RulebookCommand() { }

    /// <summary>Keeps a rulebook that was read without errors, for a dry run; nothing lives by it.</summary>
    public sealed record Propose(ContentHash RulebookHash, ImmutableSortedDictionary<string, ContentHash> Files) : RulebookCommand;

    /// <summary>Activates a rulebook that was read without errors. Rolling back is activating an older one.</summary>
    public sealed record Activate(ContentHash RulebookHash, ImmutableSortedDictionary<string, ContentHash> Files) : RulebookCommand;
}

public sealed record RulebookHistory(RulebookEvent.RulebookActivated? Active, ImmutableSortedDictionary<string, RulebookEvent.RulebookActivated> All)
{
    /// <summary>Proposals that are kept; with one more, the oldest is forgotten.</summary>
    public const int MaxProposals = 100;

    /// <summary>Proposed and not activated since, the oldest first.</summary>
    public ImmutableArray<RulebookEvent.RulebookProposed> Proposed { get; init; } = [];

    /// <summary>A workspace without a rulebook of its own lives by the shipped one.</summary>
    public static RulebookHistory Shipped { get; } = new(null, ImmutableSortedDictionary<string, RulebookEvent.RulebookActivated>.Empty);

    /// <summary>The files of a rulebook that holds, held or is proposed; null for any other.</summary>
    public ImmutableSortedDictionary<string, ContentHash>? FilesOf(ContentHash hash) =>
        All.GetValueOrDefault(hash.Value)?.Files ?? Proposed.FirstOrDefault(p => p.RulebookHash == hash)?.Files;
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
            RulebookCommand.Propose propose when history.FilesOf(propose.RulebookHash) is not null => Decision<RulebookEvent>.Nothing,
            RulebookCommand.Propose propose => new RulebookEvent.RulebookProposed(propose.RulebookHash, propose.Files),
            RulebookCommand.Activate activate when activate.RulebookHash == history.Active?.RulebookHash => Decision<RulebookEvent>.Nothing,
            RulebookCommand.Activate activate => new RulebookEvent.RulebookActivated(activate.RulebookHash, activate.Files, history.Active?.RulebookHash),
            _ => throw new UnreachableException($"A rulebook knows no command {command.GetType().Name}."),
        };
    }

    public static RulebookHistory Evolve(RulebookHistory history, RulebookEvent happened) => happened switch
    {
        RulebookEvent.RulebookProposed e => history with { Proposed = [.. history.Proposed.TakeLast(RulebookHistory.MaxProposals - 1), e] },
        RulebookEvent.RulebookActivated e => new RulebookHistory(e, history.All.SetItem(e.RulebookHash.Value, e))
        {
            Proposed = history.Proposed.RemoveAll(p => p.RulebookHash == e.RulebookHash),
        },
        _ => throw new UnreachableException($"A rulebook knows no event {happened.GetType().Name}."),
    };
}
