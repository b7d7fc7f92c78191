using Planning.Domain;

namespace Planning.Engine.Trackers;

/// <summary>Why a message is not taken for one of a tracker; the same for every kind of tracker.</summary>
public static class TrackerFaults
{
    public static Rejection Unsigned(string header) =>
        Rejection.Forbidden("webhook_unsigned", $"The message is not signed: it has no header {header}. Give the webhook the secret that the server's settings name.");

    public static Rejection WrongSignature(string header) =>
        Rejection.Forbidden("webhook_signature_invalid", $"The signature in {header} is not that of this body under a secret of this tracker. Compare the secret on both sides.");

    public static Rejection Stale(DateTimeOffset at, TimeSpan maxAge) =>
        Rejection.Forbidden("webhook_stale", $"The message is of {at:O}; it is taken for {maxAge.TotalMinutes:0} minutes, and not before its time. Compare the clocks on both sides.");

    public static Rejection Malformed(string what) => Rejection.Invalid("webhook_malformed", $"The message is not what this tracker sends: {what}");
}
