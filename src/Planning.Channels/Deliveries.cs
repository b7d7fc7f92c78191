using Planning.Channels.Outbound;
using Planning.Engine.Notifications;

namespace Planning.Channels;

/// <summary>What an answer over HTTP means for a message.</summary>
internal static class Deliveries
{
    private const int RequestTimeout = 408;
    private const int TooEarly = 425;
    private const int TooManyRequests = 429;

    /// <param name="detail">What the receiver said in words that are known to be harmless; empty for nothing.</param>
    public static Delivery Of(OutboundResult result, string detail = "") => result switch
    {
        OutboundResult.Answered { Status: >= 200 and < 300 } => new Delivery.Done(),
        OutboundResult.Answered { Status: RequestTimeout or TooEarly or TooManyRequests or >= 500 } busy => new Delivery.Failed(Answer(busy.Status, detail), busy.RetryAfter),
        OutboundResult.Answered refused => new Delivery.Refused(Answer(refused.Status, detail)),
        OutboundResult.Refused unsafeTarget => new Delivery.Refused(unsafeTarget.Reason),
        OutboundResult.Failed failed => new Delivery.Failed(failed.Reason),
        _ => throw new System.Diagnostics.UnreachableException($"A result of a kind that is not known: {result}."),
    };

    private static string Answer(int status, string detail) => detail.Length == 0 ? $"The receiver answered {status}." : $"The receiver answered {status} {detail}.";
}
