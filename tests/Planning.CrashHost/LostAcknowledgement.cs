using Planning.Engine.Log;

namespace Planning.CrashHost;

/// <summary>
/// A server that is wrong on purpose: the nth edit of a plan is answered and never appended. Whoever judges the run must see it.
/// </summary>
public sealed class LostAcknowledgement(int passage)
{
    public const string Name = "lose-ack";

    private int left = passage;

    /// <param name="spec">The name and a number, such as <c>lose-ack:100</c>.</param>
    /// <exception cref="ArgumentException">It is not.</exception>
    public static LostAcknowledgement Of(string spec) =>
        spec.Split(':') is [Name, var number] && int.TryParse(number, out var passage) && passage > 0
            ? new LostAcknowledgement(passage)
            : throw new ArgumentException($"'{spec}' is no mutant. Write {Name}:N with N from 1.", nameof(spec));

    public bool Chooses(Append append) => append.Events is [{ Type: "PLAN_UPDATED" }] && Interlocked.Decrement(ref left) == 0;
}
