using System.Collections.Immutable;
using System.Diagnostics;

namespace Planning.Domain.Cycles;

public abstract record CycleEvent
{
    private CycleEvent() { }

    public sealed record CycleOpened(CycleId CycleId, string Name, DateOnly StartsOn, DateOnly EndsOn, ImmutableArray<string> Goals, CycleId? Follows) : CycleEvent;

    /// <param name="CarriedOver">Plans that were open; they go on in the next cycle.</param>
    /// <param name="NextCycle">Where they go, and with them what is reported late; null when none was named and nothing was open.</param>
    /// <param name="Notes">The blob of cycle_notes.yaml: what people know and events do not.</param>
    /// <param name="RulebookHash">The rules that held at the close: the cycle is measured by their KPIs, whenever its digest is rendered.</param>
    public sealed record CycleClosed(
        CycleId CycleId,
        DateOnly StartsOn,
        DateOnly ClosedOn,
        ImmutableArray<PlanId> CarriedOver,
        CycleId? NextCycle,
        ContentHash? Notes,
        ContentHash RulebookHash) : CycleEvent;
}

public abstract record CycleCommand
{
    private CycleCommand() { }

    public sealed record Open(CycleId CycleId, string Name, DateOnly StartsOn, DateOnly EndsOn, ImmutableArray<string> Goals, CycleId? Follows = null) : CycleCommand;

    /// <param name="OpenPlans">The plans of the cycle that are not closed, as the read model knows them at the command's position.</param>
    public sealed record Close(ImmutableArray<PlanId> OpenPlans, CycleId? NextCycle, ContentHash? Notes) : CycleCommand;
}

public sealed record Cycle(CycleEvent.CycleOpened? Opened, CycleEvent.CycleClosed? Closed)
{
    public static Cycle None { get; } = new(null, null);

    public bool IsOpen => Opened is not null && Closed is null;
}

/// <summary>A cycle is opened once and closed once; closing it is what makes its digest.</summary>
public sealed class CycleDecider : IDecider<Cycle, CycleCommand, CycleEvent>
{
    public const int MaxDays = 366;

    public static Cycle Initial => Cycle.None;

    public static Decision<CycleEvent> Decide(Cycle cycle, CycleCommand command, Issued issued)
    {
        if (Permissions.Refuse(issued.By, Permission.ManageCycles) is { } refused)
            return refused;
        return command switch
        {
            CycleCommand.Open open => Open(cycle, open),
            CycleCommand.Close close => Close(cycle, close, issued),
            _ => throw new UnreachableException($"A cycle knows no command {command.GetType().Name}."),
        };
    }

    public static Cycle Evolve(Cycle cycle, CycleEvent happened) => happened switch
    {
        CycleEvent.CycleOpened e => new Cycle(e, null),
        CycleEvent.CycleClosed e => cycle with { Closed = e },
        _ => throw new UnreachableException($"A cycle knows no event {happened.GetType().Name}."),
    };

    private static Decision<CycleEvent> Open(Cycle cycle, CycleCommand.Open open)
    {
        if (cycle.Opened is not null)
            return Rejection.Conflict("cycle_exists", $"Cycle {open.CycleId} exists already. Use another Idempotency-Key for a new cycle.");
        if (string.IsNullOrWhiteSpace(open.Name))
            return Rejection.Invalid("cycle_name_missing", "A cycle has a name. Give it in 'name'.");
        if (open.EndsOn < open.StartsOn)
            return Rejection.Invalid("cycle_dates_invalid", $"The cycle ends on {open.EndsOn:yyyy-MM-dd}, before it starts on {open.StartsOn:yyyy-MM-dd}.");
        if (open.EndsOn.DayNumber - open.StartsOn.DayNumber >= MaxDays)
            return Rejection.Invalid("cycle_too_long", $"A cycle has at most {MaxDays} days.");
        return new CycleEvent.CycleOpened(open.CycleId, open.Name, open.StartsOn, open.EndsOn, open.Goals, open.Follows);
    }

    private static Decision<CycleEvent> Close(Cycle cycle, CycleCommand.Close close, Issued issued)
    {
        if (cycle.Opened is not { } opened)
            return Rejection.NotFound("cycle_not_found", "There is no cycle with this id in this workspace.");
        if (cycle.Closed is not null)
            return Decision<CycleEvent>.Nothing;
        if (close.NextCycle == opened.CycleId)
            return Rejection.Invalid("next_cycle_invalid", "A cycle cannot be its own successor. Name another open cycle in 'next_cycle'.");
        if (!close.OpenPlans.IsEmpty && close.NextCycle is null)
            return Rejection.Conflict(
                "next_cycle_missing",
                $"{close.OpenPlans.Length} plans are not finished and need a cycle to go on in. Open the next cycle and name it in 'next_cycle'.");
        return new CycleEvent.CycleClosed(
            opened.CycleId, opened.StartsOn, DateOnly.FromDateTime(issued.At.UtcDateTime),
            close.OpenPlans, close.NextCycle, close.Notes, issued.Rules.Hash);
    }
}
