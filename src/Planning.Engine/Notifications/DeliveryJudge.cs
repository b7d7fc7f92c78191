using System.Diagnostics;
using System.Text;

namespace Planning.Engine.Notifications;

/// <summary>What one try means for a message: gone, later again, or put aside.</summary>
internal sealed class DeliveryJudge(NotificationOptions options)
{
    private const int MaxErrorLength = 1_000;

    /// <param name="outage">Whether the target takes nothing at all: then the failure is not the message's.</param>
    public Settlement Judge(QueuedNotification tried, Delivery delivery, bool outage, DateTimeOffset now) => new(tried.Workspace, tried.Id, delivery switch
    {
        Delivery.Done => null,
        Delivery.Refused refused => Tried(tried, refused.Reason, tried.Attempts + 1, now) with { Status = DeliveryStatus.Parked },
        Delivery.Failed failed => Again(Tried(tried, failed.Reason, outage ? tried.Attempts : tried.Attempts + 1, now), failed.After, outage, now),
        _ => throw new UnreachableException($"There is no delivery {delivery}."),
    });

    private QueuedNotification Again(QueuedNotification failed, TimeSpan? asked, bool outage, DateTimeOffset now)
    {
        if (now - failed.FailingSince >= options.MaxFailing || (!outage && failed.Attempts >= options.MaxAttempts))
            return failed with { Status = DeliveryStatus.Parked };
        var pause = outage ? options.OutageBackoff : BackoffAfter(failed.Attempts);
        if (asked > pause)
            pause = asked.Value < options.MaxRetryAfter ? asked.Value : options.MaxRetryAfter;
        return failed with { DueAt = now + pause };
    }

    private TimeSpan BackoffAfter(int attempts)
    {
        var pause = options.Backoff * Math.Pow(2, Math.Min(attempts - 1, 30));
        return pause < options.MaxBackoff ? pause : options.MaxBackoff;
    }

    private static QueuedNotification Tried(QueuedNotification tried, string error, int attempts, DateTimeOffset now) =>
        tried with { Attempts = attempts, FailingSince = tried.FailingSince ?? now, LastError = Storable(error) };

    /// <summary>What a receiver says may be anything; text in the database has no NUL and no half of a surrogate pair.</summary>
    public static string Storable(string text)
    {
        var shown = string.Concat(text.Take(MaxErrorLength).Select(c => char.IsControl(c) ? ' ' : c));
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(shown));
    }
}
