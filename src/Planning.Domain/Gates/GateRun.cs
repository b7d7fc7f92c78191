using System.Collections.Immutable;
using System.Diagnostics;
using Planning.Domain.Plans;

namespace Planning.Domain.Gates;

public enum GateOutcome
{
    Passed = 1,
    Failed,

    /// <summary>Nobody waits for it any more, or it never came to an end. Not counted in any rate.</summary>
    Aborted,
}

/// <summary>How one validator of a run ended.</summary>
/// <param name="ParametersHash">Of the parameters it ran with; with version and artifacts it is the key of the cache.</param>
/// <param name="Error">Why it did not come to a result (time-out, crash); such a validator never passes.</param>
public sealed record ValidatorResult(
    string Validator, string Version, string ParametersHash, bool Passed, int DurationMs, bool Cached, int FindingCount, string? Error = null);

/// <summary>A finding in its short form; the report holds all of them in full.</summary>
public sealed record FindingSummary(string Fingerprint, string Rule, string File, int Line, int Column, string Pointer, string Severity, string Message, string Advice, bool Waived);

/// <summary>What can happen to a gate run: it ends, once. That it started is an event of its plan.</summary>
public abstract record GateRunEvent
{
    private GateRunEvent() { }

    public sealed record GatePassed(GateRunReport Report) : GateRunEvent;

    public sealed record GateFailed(GateRunReport Report) : GateRunEvent;
}

/// <param name="Findings">At most <see cref="GateRunDecider.MaxFindings"/>, errors first; <paramref name="FindingCount"/> counts all.</param>
/// <param name="ReportHash">The blob with every finding; null when the event holds them all.</param>
public sealed record GateRunReport(
    GateRunId GateRunId,
    PlanId PlanId,
    string Gate,
    Trigger Trigger,
    GateOutcome Outcome,
    ContentHash ContentHash,
    ContentHash RulebookHash,
    ImmutableArray<ValidatorResult> Results,
    ImmutableArray<FindingSummary> Findings,
    int FindingCount,
    ImmutableArray<Waiver> WaiversApplied,
    int DurationMs,
    ContentHash? ReportHash = null);

public abstract record GateRunCommand
{
    private GateRunCommand() { }

    /// <summary>Only the backend itself sends this.</summary>
    public sealed record Finish(GateRunReport Report) : GateRunCommand;
}

public sealed record GateRun(GateRunReport? Report)
{
    public static GateRun Running { get; } = new(Report: null);
}

/// <summary>A run ends once; the first outcome stands, whoever computed it.</summary>
public sealed class GateRunDecider : IDecider<GateRun, GateRunCommand, GateRunEvent>
{
    public const int MaxFindings = 200;

    public static GateRun Initial => GateRun.Running;

    public static Decision<GateRunEvent> Decide(GateRun run, GateRunCommand command, Issued issued)
    {
        if (Permissions.Refuse(issued.By, Permission.ContinueProcess) is { } refused)
            return refused;
        return command switch
        {
            GateRunCommand.Finish when run.Report is not null => Decision<GateRunEvent>.Nothing,
            GateRunCommand.Finish { Report: { Outcome: GateOutcome.Passed } report } => new GateRunEvent.GatePassed(report),
            GateRunCommand.Finish { Report: var report } => new GateRunEvent.GateFailed(report),
            _ => throw new UnreachableException($"A gate run knows no command {command.GetType().Name}."),
        };
    }

    public static GateRun Evolve(GateRun run, GateRunEvent happened) => happened switch
    {
        GateRunEvent.GatePassed e => new GateRun(e.Report),
        GateRunEvent.GateFailed e => new GateRun(e.Report),
        _ => throw new UnreachableException($"A gate run knows no event {happened.GetType().Name}."),
    };
}
