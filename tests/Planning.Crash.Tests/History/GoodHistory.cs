using Planning.History;

namespace Planning.Crash.Tests.History;

/// <summary>
/// A run in which all went well: plans whose commands leave one, two or no events, some refused, some never answered, in two
/// partitions, with a consumer of every event and one of every third.
/// </summary>
internal static class GoodHistory
{
    private static readonly DateTimeOffset Start = new(2027, 1, 15, 9, 0, 0, TimeSpan.Zero);

    public static Observations Of(int seed)
    {
        var random = new Random(seed);
        var log = new List<LoggedEvent>();
        var commands = new List<ClientCommand>();
        for (var partition = 0; partition < 2; partition++)
        {
            var versions = new Dictionary<string, long>();
            long position = 0;
            for (var i = 0; i < 100; i++)
            {
                var entity = $"default/Plan/pln_{partition}_{random.Next(8)}";
                var id = $"cmd_{partition}_{i}";
                var fate = random.Next(10);
                if (fate == 0)
                {
                    commands.Add(new ClientCommand(id, entity, new Verdict.Refused("version_mismatch")));
                    continue;
                }
                var count = 1 + (i % 2);
                for (var e = 0; e < count; e++)
                {
                    versions[entity] = versions.GetValueOrDefault(entity) + 1;
                    log.Add(new LoggedEvent(partition, ++position, entity, versions[entity], $"evt_{partition}_{position}", "PLAN_UPDATED", id, Start.AddMilliseconds(i)));
                }
                Verdict verdict = fate == 1 ? new Verdict.Unknown() : new Verdict.Acknowledged(fate == 2 ? null : new Place(versions[entity], position));
                commands.Add(new ClientCommand(id, entity, verdict, count));
            }
        }
        commands.Add(new ClientCommand("cmd_never_arrived", "default/Plan/pln_0_0", new Verdict.Unknown(), 1));
        var all = log.Select(e => e.EventId).ToArray();
        var third = all.Where((_, i) => i % 3 == 0).ToArray();
        // Effects come in any order.
        return new Observations(commands, log, [new("stream", all, all), new("digests", third, [.. third.Reverse()])]);
    }
}
