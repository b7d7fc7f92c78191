namespace Planning.Domain.Governance;

/// <summary><c>rollback_plan: mandatory</c>: the plan names the artifact that says how to roll back, and that artifact is part of its content.</summary>
public sealed record RollbackPlanAttached : IRequirement
{
    public string Name => "rollback_plan";

    public IEnumerable<Blocker> Missing(RequirementContext context)
    {
        if (context.Plan.RollbackPlan is not { } named)
            yield return context.Missing("rollback_plan_missing", "The plan does not say how to roll back. Attach the steps as an artifact and set rollback_plan to its name.");
        else if (context.Plan.Content.All(a => a.Name != named))
            yield return context.Missing("rollback_plan_not_attached", $"The rollback plan {named} is not among the plan's content. Attach it under this name.");
    }
}
