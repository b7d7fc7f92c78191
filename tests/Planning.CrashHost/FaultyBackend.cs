using Planning.Engine;

namespace Planning.CrashHost;

/// <summary>The real ports, each call of interest passing its fault point.</summary>
internal static class FaultyBackend
{
    public static Backend Around(Backend backend, Faults faults, LostAcknowledgement? mutant)
    {
        var gates = new GatesUnderWay();
        return backend with
        {
            Log = new FaultyLog(backend.Log, faults, gates, mutant),
            Blobs = new FaultyBlobs(backend.Blobs, faults, gates),
            Timers = new FaultyTimers(backend.Timers, faults),
            Positions = new FaultyPositions(backend.Positions, faults),
            Digests = new FaultyDigests(backend.Digests, faults),
            Projections = [.. backend.Projections.Select(p => new FaultyProjection(p, faults))],
        };
    }
}
