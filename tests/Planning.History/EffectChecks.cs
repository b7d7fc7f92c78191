namespace Planning.History;

/// <summary>What a consumer owes to the events: an effect for each, and one only.</summary>
internal static class EffectChecks
{
    public static IEnumerable<Violation> Check(ConsumerEffects effects)
    {
        var found = effects.Found.CountBy(cause => cause).ToDictionary();
        foreach (var cause in effects.Expected)
        {
            if (!found.ContainsKey(cause))
                yield return new Violation(Promise.EffectNotMissing, $"{effects.Consumer} has no effect of {cause}");
        }
        var expected = effects.Expected.ToHashSet();
        foreach (var (cause, times) in found)
        {
            if (!expected.Contains(cause))
                yield return new Violation(Promise.EffectOnce, $"{effects.Consumer} has an effect of {cause}, which calls for none");
            else if (times > 1)
                yield return new Violation(Promise.EffectOnce, $"{effects.Consumer} has the effect of {cause} {times} times");
        }
    }
}
