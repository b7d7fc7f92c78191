namespace Planning.History;

/// <summary>What the log owes to those who sent commands.</summary>
internal static class CommandChecks
{
    public static IEnumerable<Violation> Check(IReadOnlyCollection<ClientCommand> commands, IReadOnlyList<LoggedEvent> log)
    {
        var eventsOf = log.ToLookup(e => e.CommandId);
        return eventsOf.SelectMany(command => Once(command.Key, [.. command]))
            .Concat(commands.SelectMany(command => Kept(command, [.. eventsOf[command.Id]])));
    }

    /// <summary>One command id, one append, whoever sent it. Events of one append lie side by side and share its time.</summary>
    private static IEnumerable<Violation> Once(string command, LoggedEvent[] events)
    {
        for (var i = 1; i < events.Length; i++)
        {
            var (before, e) = (events[i - 1], events[i]);
            if (e.Entity != before.Entity || e.Version != before.Version + 1 || e.Position != before.Position + 1 || e.At != before.At)
                yield return new Violation(Promise.CommandOnce, $"{command} appended to {before.Entity} at position {before.Position} and to {e.Entity} at {e.Position}");
        }
    }

    private static IEnumerable<Violation> Kept(ClientCommand command, LoggedEvent[] events) => command.Verdict switch
    {
        Verdict.Refused refused => events.Length == 0 ? [] :
            [new Violation(Promise.RefusedLeavesNothing, $"{command.Id} was refused ({refused.Code}), and yet {Told(events)}")],
        Verdict.Acknowledged when events.Length == 0 =>
            [new Violation(Promise.AcknowledgedIsKept, $"{command.Id} on {command.Entity} was acknowledged, and the log has no event of it")],
        Verdict.Acknowledged { Place: { } place } when (events[^1].Version, events[^1].Position) != (place.Version, place.Position) =>
            [new Violation(Promise.AcknowledgedIsKept, $"{command.Id} was acknowledged at version {place.Version}, position {place.Position}; {Told(events)}")],
        _ when events.Length > 0 && command.EventCount is { } count && events.Length != count =>
            [new Violation(Promise.CommandOnce, $"{command.Id} leaves {count} events when it is carried out once; {Told(events)}")],
        _ when events.Length > 0 && command.Entity is { } entity && events[^1].Entity != entity =>
            [new Violation(Promise.CommandOnce, $"{command.Id} was sent to {entity}; {Told(events)}")],
        _ => [],
    };

    private static string Told(LoggedEvent[] events) =>
        $"the log has {events.Length} events of it, the last on {events[^1].Entity} as version {events[^1].Version} at position {events[^1].Position}";
}
