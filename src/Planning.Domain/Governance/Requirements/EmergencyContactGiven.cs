namespace Planning.Domain.Governance;

/// <summary><c>emergency_contact: required</c>: the plan names whom to call.</summary>
public sealed record EmergencyContactGiven : IRequirement
{
    public string Name => "emergency_contact";

    public IEnumerable<Blocker> Missing(RequirementContext context)
    {
        if (context.Plan.EmergencyContact is null)
            yield return context.Missing("emergency_contact_missing", "The plan names nobody to call in an emergency. Set emergency_contact to a person's id.");
    }
}
