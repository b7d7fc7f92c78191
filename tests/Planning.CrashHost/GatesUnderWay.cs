using Planning.Engine.Log;

namespace Planning.CrashHost;

/// <summary>How many gate runs have been asked for and have no outcome, as far as this process has seen.</summary>
internal sealed class GatesUnderWay
{
    private int count;

    public bool Any => Volatile.Read(ref count) > 0;

    public static bool IsOutcome(NewEvent happened) => happened.Type is "GATE_PASSED" or "GATE_FAILED";

    public void Committed(Append append)
    {
        foreach (var happened in append.Events)
        {
            if (happened.Type == "GATE_STARTED")
                Interlocked.Increment(ref count);
            else if (IsOutcome(happened))
                Interlocked.Decrement(ref count);
        }
    }
}
