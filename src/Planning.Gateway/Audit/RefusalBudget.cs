using Planning.Domain;

namespace Planning.Gateway.Audit;

/// <summary>Where refusals come from.</summary>
/// <param name="Name">An API key's id, a network, or <see cref="Others"/>.</param>
internal readonly record struct RefusalSource(WorkspaceId Workspace, string Name, bool IsStranger)
{
    /// <summary>All strangers for whom there was no room any more.</summary>
    public const string Others = "others";
}

/// <summary>
/// How many refusals are recorded, so that a flood of them fills no disk: so many per source and minute, so many of all strangers together.
/// The others are counted, and the count goes into the next record of their source, or into one of its own when the minute is over.
/// Strangers cannot use up what callers with a key have.
/// </summary>
internal sealed class RefusalBudget(AuditOptions options)
{
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly Dictionary<RefusalSource, Tally> tallies = [];
    private long window;
    private int strangers;

    /// <returns>Null where it is only counted; else how many were, since the source's last record.</returns>
    public int? Take(RefusalSource source, DateTimeOffset now)
    {
        lock (gate)
        {
            Enter(now);
            var full = source.IsStranger && strangers >= options.RefusalsOfStrangers;
            if (full && !tallies.ContainsKey(source))
                source = source with { Name = RefusalSource.Others };
            var tally = TallyOf(source);
            if (full || tally.Recorded >= options.RefusalsPerSource)
            {
                tally.Suppressed++;
                return null;
            }
            tally.Recorded++;
            if (source.IsStranger)
                strangers++;
            var suppressed = tally.Suppressed;
            tally.Suppressed = 0;
            return suppressed;
        }
    }

    /// <summary>Refusals whose record could not be written count as suppressed.</summary>
    public void Suppress(RefusalSource source, int count, DateTimeOffset now)
    {
        lock (gate)
        {
            Enter(now);
            TallyOf(source).Suppressed += count;
        }
    }

    /// <summary>What was suppressed in minutes that are over, and forgets it.</summary>
    /// <param name="all">Also in this one.</param>
    public IReadOnlyList<(RefusalSource Source, int Suppressed)> Drain(DateTimeOffset now, bool all)
    {
        lock (gate)
        {
            Enter(now);
            var over = tallies.Where(t => all || t.Value.Window < window).ToArray();
            foreach (var (source, _) in over)
                tallies.Remove(source);
            return [.. over.Where(t => t.Value.Suppressed > 0).Select(t => (t.Key, t.Value.Suppressed))];
        }
    }

    private void Enter(DateTimeOffset now)
    {
        var present = now.UtcTicks / Window.Ticks;
        if (present == window)
            return;
        (window, strangers) = (present, 0);
    }

    private Tally TallyOf(RefusalSource source)
    {
        if (!tallies.TryGetValue(source, out var tally))
            tallies[source] = tally = new Tally { Window = window };
        else if (tally.Window != window)
            (tally.Window, tally.Recorded) = (window, 0);
        return tally;
    }

    private sealed class Tally
    {
        public long Window { get; set; }
        public int Recorded { get; set; }
        public int Suppressed { get; set; }
    }
}
