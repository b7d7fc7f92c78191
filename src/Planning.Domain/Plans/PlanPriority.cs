using System.Collections.Immutable;
using System.Globalization;

namespace Planning.Domain.Plans;

/// <summary>The priority of a plan that was given none.</summary>
public static class PlanPriority
{
    public const int Most = 0;
    public const int Least = 3;

    private const int DefaultCriticality = 2;

    public static int Of(ImmutableSortedDictionary<string, string> tags, TaskSummary tasks)
    {
        if (tags.GetValueOrDefault("change_type") == "emergency")
            return Most;
        var criticality = int.TryParse(tags.GetValueOrDefault("criticality"), NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : DefaultCriticality;
        return Math.Clamp(Math.Min(criticality, tasks.TopPriority ?? Least), Most, Least);
    }
}
