namespace Planning.History;

/// <summary>
/// Judges a whole run from outside, whatever ran it: in one process or in a cluster, through crashes or not. It knows nothing
/// of plans; it knows what a log, a client and a consumer owe each other.
/// </summary>
public static class HistoryChecker
{
    /// <summary>Every broken promise, in no particular order; empty for a history that is as it should be.</summary>
    public static IReadOnlyList<Violation> Check(Observations observed)
    {
        ArgumentNullException.ThrowIfNull(observed);
        return
        [
            .. LogChecks.Positions(observed.Log),
            .. LogChecks.Versions(observed.Log),
            .. LogChecks.EventIds(observed.Log),
            .. CommandChecks.Check(observed.Commands, observed.Log),
            .. observed.Effects.SelectMany(EffectChecks.Check),
        ];
    }
}
