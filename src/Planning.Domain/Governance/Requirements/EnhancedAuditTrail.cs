namespace Planning.Domain.Governance;

/// <summary>
/// <c>audit_trail: enhanced</c>: a gate has passed on exactly the present content. A gate sees all content artifacts,
/// so each of them then has a recorded check; a verdict on earlier content, or one that failed, proves nothing.
/// </summary>
public sealed record EnhancedAuditTrail : IRequirement
{
    public string Name => "audit_trail";

    public IEnumerable<Blocker> Missing(RequirementContext context)
    {
        var plan = context.Plan;
        if (!plan.Content.Any())
            yield return context.Missing("audit_trail_empty", "The plan has no content that could be audited. Attach its artifacts.");
        else if (!plan.Gates.Values.Any(g => g.Passed && g.ContentHash == plan.ContentHash))
            yield return context.Missing(
                "audit_trail_incomplete",
                $"No gate has passed on the present content of {plan.Content.Count()} artifacts. Trigger validate_complete or package_artifacts, so that a gate run records its verdict.");
    }
}
