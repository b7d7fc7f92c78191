using System.Text.Json;
using Microsoft.Extensions.Logging;
using Planning.Domain;
using Planning.Domain.Environments;
using Planning.Domain.Refreshes;
using Planning.Engine.Entities;
using Planning.Engine.Json;
using Planning.Engine.Timers;

namespace Planning.Engine.Refreshes;

/// <summary>
/// Reminders of scheduled refreshes: durable timers, one for each slot and kind of reminder. Each is an event once for
/// the slot it was set for, also when it fell due while nothing ran; people are told by that event.
/// </summary>
public sealed partial class RefreshReminders(IEntityHost host, ITimerStore timers, TimeProvider time, ILogger<RefreshReminders> logger) : ITimerHandler
{
    /// <summary>Tries of one reminder in all.</summary>
    public const int MaxAttempts = 3;

    /// <summary>The pause after the first try that failed; it doubles with each.</summary>
    public static readonly TimeSpan Backoff = TimeSpan.FromSeconds(60);

    public string Kind => "reminder";

    /// <summary>Those that lie ahead. What is left of an earlier slot says nothing when it falls due.</summary>
    public async ValueTask SetAsync(WorkspaceId workspace, RefreshId refresh, int slot, TimeWindow window, CancellationToken cancellation)
    {
        foreach (var (reminder, at) in Reminders.Ahead(window, time.GetUtcNow()))
            await timers.ScheduleAsync(Timer(workspace, new Due(refresh, slot, reminder, Attempt: 1), at), cancellation);
    }

    public async ValueTask CancelAsync(WorkspaceId workspace, RefreshId refresh, int slot, CancellationToken cancellation)
    {
        foreach (var reminder in Enum.GetValues<Reminder>())
            await timers.CancelAsync(workspace, NameOf(refresh, slot, reminder), cancellation);
    }

    public async ValueTask FireAsync(DurableTimer timer, CancellationToken cancellation)
    {
        var due = JsonSerializer.Deserialize<Due>(timer.Payload.Span, PlanningJson.Options)!;
        try
        {
            var answer = await host.SendAsync(
                new CommandRequest(EntityKey.Of(timer.Workspace, due.Refresh), new RefreshCommand.Remind(due.Slot, due.Reminder), Actor.System, timer.Name),
                cancellation);
            if (answer is Answer.Rejected rejected)
                throw new InvalidOperationException(rejected.Rejection.Message);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            if (due.Attempt >= MaxAttempts)
            {
                GivenUp(logger, timer.Name, due.Attempt, e);
                return;
            }
            await timers.ScheduleAsync(Timer(timer.Workspace, due with { Attempt = due.Attempt + 1 }, time.GetUtcNow() + (Backoff * (1 << (due.Attempt - 1)))), cancellation);
        }
    }

    private DurableTimer Timer(WorkspaceId workspace, Due due, DateTimeOffset at) =>
        new(workspace, NameOf(due.Refresh, due.Slot, due.Reminder), Kind, at, JsonSerializer.SerializeToUtf8Bytes(due, PlanningJson.Options));

    private string NameOf(RefreshId refresh, int slot, Reminder reminder) => $"{Kind}/{refresh}/{slot}/{Snake.Case(reminder.ToString())}";

    [LoggerMessage(EventId = 1321, Level = LogLevel.Error, Message = "Reminder {Name} could not be recorded in {Attempts} attempts and is given up")]
    private static partial void GivenUp(ILogger logger, string name, int attempts, Exception e);

    private sealed record Due(RefreshId Refresh, int Slot, Reminder Reminder, int Attempt);
}
