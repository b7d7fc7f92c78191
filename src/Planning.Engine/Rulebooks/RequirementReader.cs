using System.Collections.Immutable;
using Planning.Artifacts.Documents;
using Planning.Domain.Expressions;
using Planning.Domain.Governance;

namespace Planning.Engine.Rulebooks;

/// <summary>Reads one requirement of a rule: its name, and the one parameter that goes with it.</summary>
internal static class RequirementReader
{
    public static IRequirement? Read(RulebookFile file, MappingEntry entry, IReadOnlyDictionary<string, ImmutableArray<string>> standards) => entry switch
    {
        { Key: "approval_count", Value.AsInt64: { } count and > 0 and <= int.MaxValue } => new ApprovalCount((int)count),
        { Key: "review_board", Value.AsBoolean: true } => new ReviewBoard(),
        { Key: "emergency_contact", Value.AsString: "required" } => new EmergencyContactGiven(),
        { Key: "rollback_plan", Value.AsString: "mandatory" } => new RollbackPlanAttached(),
        { Key: "audit_trail", Value.AsString: "enhanced" } => new EnhancedAuditTrail(),
        { Key: "change_freeze", Value.AsString: "check_calendar" } => new OutsideFreezes(),
        { Key: "documentation", Value.AsString: { } standard } => ReadDocumentation(file, entry, standard, standards),
        _ => null,
    };

    private static DocumentationAttached? ReadDocumentation(
        RulebookFile file, MappingEntry entry, string standard, IReadOnlyDictionary<string, ImmutableArray<string>> standards)
    {
        if (standards.TryGetValue(standard, out var patterns))
            return new DocumentationAttached(standard, patterns);
        file.Report(
            entry.Value, RulebookRules.UnknownStandard, $"The documentation standard {standard} is not defined.",
            $"Define it under governance.documentation. {NearestName.Advice(standard, [.. standards.Keys])}");
        return null;
    }
}
