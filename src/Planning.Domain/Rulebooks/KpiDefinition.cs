using Planning.Domain.Expressions;

namespace Planning.Domain.Rulebooks;

public enum KpiDirection
{
    HigherIsBetter = 1,
    LowerIsBetter,
}

/// <param name="Formula">Over the inputs of <see cref="KpiScope"/>; checked when the rulebook is proposed.</param>
public sealed record KpiDefinition(string Name, Formula Formula, string Unit, decimal Target, KpiDirection Direction, string Description = "");
