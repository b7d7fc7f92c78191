using Planning.Domain.Expressions;
using static Planning.Domain.Expressions.ExpressionType;

namespace Planning.Domain.Rulebooks;

/// <summary>The inputs that the formula of a KPI may use: what the events of one cycle add up to.</summary>
public static class KpiScope
{
    /// <summary>Estimates of the tasks done in the cycle, one member per task that has one.</summary>
    public const string CompletedPoints = "completed_points";

    /// <summary>Length of the cycle in days.</summary>
    public const string CycleDays = "cycle_days";

    /// <summary>Gate runs that ended passed, cached ones included.</summary>
    public const string GateRunsPassed = "gate_runs_passed";

    /// <summary>Gate runs that ended passed or failed; an aborted one did not end.</summary>
    public const string GateRunsFinished = "gate_runs_finished";

    /// <summary>Sealed manifests whose plan reached EXECUTED.</summary>
    public const string HandoffsExecuted = "handoffs_executed";

    /// <summary>Manifests sealed.</summary>
    public const string HandoffsSealed = "handoffs_sealed";

    /// <summary>Days from start to done of the tasks done in the cycle, one member per task.</summary>
    public const string TaskDays = "task_days";

    /// <summary>Defects reported after EXECUTED.</summary>
    public const string DefectsEscaped = "defects_escaped";

    /// <summary>Tasks done in the cycle.</summary>
    public const string TasksDone = "tasks_done";

    public static ExpressionScope Inputs { get; } = ExpressionScope.Empty
        .With(CompletedPoints, NumberList)
        .With(CycleDays, Number)
        .With(GateRunsPassed, Number)
        .With(GateRunsFinished, Number)
        .With(HandoffsExecuted, Number)
        .With(HandoffsSealed, Number)
        .With(TaskDays, NumberList)
        .With(DefectsEscaped, Number)
        .With(TasksDone, Number);
}
