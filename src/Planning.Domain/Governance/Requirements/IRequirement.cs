using System.Collections.Immutable;
using Planning.Domain.Plans;
using Planning.Domain.Rulebooks;

namespace Planning.Domain.Governance;

/// <summary>One thing that a rule can ask of a plan.</summary>
public interface IRequirement
{
    /// <summary>As <c>governance.yaml</c> writes it.</summary>
    string Name { get; }

    /// <summary>Everything that is missing; nothing when it is fulfilled.</summary>
    IEnumerable<Blocker> Missing(RequirementContext context);
}

/// <param name="Plan">The plan that is judged, with its present content.</param>
/// <param name="Calendars">All of the rulebook.</param>
/// <param name="At">When execution would begin.</param>
/// <param name="Source">Of every blocker: <c>governance:</c> and the name of the rule.</param>
public sealed record RequirementContext(Plan Plan, ImmutableArray<ChangeCalendar> Calendars, DateTimeOffset At, string Source)
{
    /// <summary>The last word of each person on the present content. The author has none.</summary>
    public IReadOnlyList<Approval> LastWords(ApprovalKind kind) =>
        [.. Plan.Approvals
            .Where(a => a.Kind == kind && a.ContentHash == Plan.ContentHash && a.Person != Plan.Author)
            .GroupBy(a => a.Person)
            .Select(words => words.Last())];

    public Blocker Missing(string code, string message) => new(code, message, Source);
}
