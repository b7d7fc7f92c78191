using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Planning.Domain;
using Planning.Domain.Refreshes;
using Planning.Engine.Entities;

namespace Planning.Engine.Trackers;

/// <summary>
/// Carries out what trackers tell, each change once:
/// <list type="number">
/// <item>read: the adapter verifies the message and says in our terms what it is</item>
/// <item>in order: known before, or overtaken, is ignored; what was begun and not ended is carried out again under the same command id</item>
/// <item>decide: the command of the mapped person, with the roles on record; the domain judges it as any other</item>
/// <item>refused: the item is set back to what the refresh is, with a note that says why</item>
/// </list>
/// </summary>
public sealed partial class TrackerIntake(
    IEnumerable<ITracker> trackers, ITrackerLinks links, TrackerUpdates updates, TrackerPeople people, IEntityHost host, TimeProvider time, ILogger<TrackerIntake> logger)
{
    private readonly Dictionary<TrackerId, ITracker> known = trackers.ToDictionary(t => t.Id);

    /// <summary>One message of an item at a time: one that comes twice at once is told once why it is refused.</summary>
    private readonly Turns turns = new();

    public async ValueTask<TrackerTaken> TakeAsync(TrackerId id, TrackerDelivery delivery, CancellationToken cancellation)
    {
        if (!known.TryGetValue(id, out var tracker))
            return new TrackerTaken.Refused(Rejection.NotFound("tracker_unknown", $"No tracker '{id}' is set up here. The address ends with the name that the server's settings give it."));

        // :: Step 1: what is it?
        switch (tracker.Read(delivery, time.GetUtcNow()))
        {
            case TrackerReading.Refused refused:
                NotTrusted(logger, id.Value, refused.Rejection.Code, refused.Rejection.Message);
                return new TrackerTaken.Refused(refused.Rejection);
            case TrackerReading.Ignored ignored:
                return Ignore(id, ignored.Reason);
            case TrackerReading.Heard heard:
                return await turns.TakeAsync((id, heard.Signal.ItemId), () => TakeAsync(tracker, heard.Signal, cancellation), cancellation);
            case var reading:
                throw new UnreachableException($"There is no reading {reading.GetType().Name}.");
        }
    }

    private async ValueTask<TrackerTaken> TakeAsync(ITracker tracker, TrackerSignal signal, CancellationToken cancellation)
    {
        // :: Step 2: in order, and once.
        if (await links.FindByItemAsync(tracker.Workspace, tracker.Id, signal.ItemId, cancellation) is not { } link)
            return Ignore(tracker.Id, $"Item {signal.ItemId} stands for no refresh.");
        var order = SignalOrder.Next;
        var begun = await links.ChangeAsync(
            link, l => (order = l.OrderOf(signal)) is SignalOrder.Next or SignalOrder.Unfinished ? l.Begin(signal) : null, cancellation);
        if (begun is null)
            return Ignore(tracker.Id, order == SignalOrder.Repeated ? $"{signal.Delivery} was carried out before." : $"{signal.Delivery} is overtaken by what was heard before it.");
        if (signal.Wish is not { } wish)
        {
            await EndAsync(begun, signal, cancellation);
            return Ignore(tracker.Id, signal.Told);
        }

        // :: Step 3: decide.
        var rejection = await DecideAsync(tracker, begun, signal, wish, cancellation);
        if (rejection is { Kind: RejectionKind.Unavailable })
            return new TrackerTaken.NotNow(rejection);

        // :: Step 4: say why not.
        if (rejection is not null)
        {
            var note = $"{signal.Told} This was not taken over: {rejection.Message}";
            switch (await updates.BringUpAsync(tracker, begun.Refresh, version: 0, note, cancellation))
            {
                case TrackerAnswer.NotNow not:
                    return new TrackerTaken.NotNow(Busy(not.Reason));
                case TrackerAnswer.Unknown unknown:
                    return new TrackerTaken.NotNow(Busy(unknown.Reason));
                case TrackerAnswer.Refused refused:
                    NotSetBack(logger, tracker.Id.Value, begun.Item?.Name, refused.Reason);
                    break;
            }
        }
        await EndAsync(begun, signal, cancellation);
        TakenOver(logger, tracker.Id.Value, begun.Refresh.Value, wish, signal.By?.Value, rejection?.Code ?? "accepted");
        return rejection is null ? new TrackerTaken.Done() : new TrackerTaken.NotAllowed(rejection);
    }

    /// <returns>Why not; null when it was done, or found done.</returns>
    private async ValueTask<Rejection?> DecideAsync(ITracker tracker, TrackerLink link, TrackerSignal signal, TrackerWish wish, CancellationToken cancellation)
    {
        if (signal.By is not { } person)
            return Rejection.Forbidden("tracker_account_unknown", $"The account '{signal.Account}' of {tracker.Id} is nobody here. Ask the operator to say in the settings which person it is.");
        var told = signal.Told.Length <= RefreshDecider.MaxTextLength ? signal.Told : signal.Told[..RefreshDecider.MaxTextLength];
        RefreshCommand command = wish switch
        {
            // Consents to what the item lists, and counts only for the version that it shows.
            TrackerWish.Approve => new RefreshCommand.Approve(link.ShownDestroys, told),
            TrackerWish.Reject => new RefreshCommand.Reject(told),
            TrackerWish.Cancel => new RefreshCommand.Cancel(told),
            _ => throw new UnreachableException($"There is no wish {wish}."),
        };
        var request = new CommandRequest(
            EntityKey.Of(tracker.Workspace, link.Refresh), command, await people.ActorAsync(tracker.Workspace, person, cancellation),
            $"tracker/{tracker.Id}/{signal.Delivery}", IfVersion: wish == TrackerWish.Approve ? link.ShownVersion : null);
        return await host.SendAsync(request, cancellation) is Answer.Rejected rejected ? rejected.Rejection : null;
    }

    private ValueTask<TrackerLink?> EndAsync(TrackerLink link, TrackerSignal signal, CancellationToken cancellation) => links.ChangeAsync(link, l => l.End(signal), cancellation);

    private TrackerTaken.Ignored Ignore(TrackerId tracker, string reason)
    {
        OfNoConcern(logger, tracker.Value, reason);
        return new TrackerTaken.Ignored(reason);
    }

    private static Rejection Busy(string reason) => Rejection.Unavailable("tracker_unavailable", $"The item cannot be set back now: {reason} Send the message again.");

    [LoggerMessage(EventId = 1701, Level = LogLevel.Warning, Message = "A message for tracker {Tracker} is not believed: {Code}: {Reason}")]
    private static partial void NotTrusted(ILogger logger, string tracker, string code, string reason);

    [LoggerMessage(EventId = 1702, Level = LogLevel.Debug, Message = "A message of tracker {Tracker} is of no concern: {Reason}")]
    private static partial void OfNoConcern(ILogger logger, string tracker, string reason);

    [LoggerMessage(EventId = 1703, Level = LogLevel.Information, Message = "Tracker {Tracker} asked to {Wish} refresh {Refresh} for {Person}: {Outcome}")]
    private static partial void TakenOver(ILogger logger, string tracker, string refresh, TrackerWish wish, string? person, string outcome);

    [LoggerMessage(EventId = 1704, Level = LogLevel.Warning, Message = "{Item} in tracker {Tracker} shows what was not taken over, and cannot be set back: {Reason}")]
    private static partial void NotSetBack(ILogger logger, string tracker, string? item, string reason);
}

/// <summary>What became of a message of a tracker.</summary>
public abstract record TrackerTaken
{
    private TrackerTaken() { }

    public sealed record Done : TrackerTaken;

    /// <summary>From the tracker, and nothing was to be done: of no concern, known before, overtaken, or our own echo.</summary>
    public sealed record Ignored(string Reason) : TrackerTaken;

    /// <summary>Whoever asked may not, or the refresh does not allow it; the item was set back and says so.</summary>
    public sealed record NotAllowed(Rejection Rejection) : TrackerTaken;

    /// <summary>It is to be sent again.</summary>
    public sealed record NotNow(Rejection Rejection) : TrackerTaken;

    /// <summary>Not from a tracker of ours, as far as can be told.</summary>
    public sealed record Refused(Rejection Rejection) : TrackerTaken;
}
