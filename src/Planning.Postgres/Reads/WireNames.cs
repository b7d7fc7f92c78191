using System.Collections.Frozen;
using Planning.Domain;
using Planning.Domain.Environments;
using Planning.Domain.Plans;
using Planning.Domain.Refreshes;

namespace Planning.Postgres.Reads;

/// <summary>The values of an enumeration under the names that tables and wire give them, both ways.</summary>
internal sealed class WireNames<T> where T : struct, Enum
{
    private readonly FrozenDictionary<T, string> names;
    private readonly FrozenDictionary<string, T> values;

    public WireNames(Func<T, string> name)
    {
        names = Enum.GetValues<T>().ToFrozenDictionary(value => value, name);
        values = names.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);
    }

    public string Of(T value) => names[value];

    public T Parse(string name) => values[name];
}

internal static class WireNames
{
    public static readonly WireNames<PlanStatus> Status = new(Lifecycle.Wire);

    public static readonly WireNames<Trigger> Trigger = new(Lifecycle.Wire);

    public static readonly WireNames<RefreshStatus> RefreshStatus = new(RefreshLifecycle.Wire);

    public static readonly WireNames<ImpactLevel> Level = new(level => Snake.Case(level.ToString()));

    public static readonly WireNames<RunOutcome> Outcome = new(outcome => Snake.Case(outcome.ToString()));

    public static readonly WireNames<Asset> Asset = new(asset => Snake.Case(asset.ToString()));

    public static readonly WireNames<BookingMode> Mode = new(mode => Snake.Case(mode.ToString()));
}
