namespace Planning.CrashHost;

/// <summary>Where the process can be made to end. Each is passed again and again under load; the nth passage is the last.</summary>
public static class FaultPoints
{
    /// <summary>An append has been decided and is not with the log yet.</summary>
    public const string BeforeCommit = "before-commit";

    /// <summary>An append is committed and nobody has been told.</summary>
    public const string AfterCommit = "after-commit";

    /// <summary>A consumer's effect is done and its position not stored; for read models also right after the two were stored together.</summary>
    public const string BeforePosition = "before-position";

    /// <summary>A gate run has been asked for and has no outcome: it reads its artifacts, or is about to record what it found.</summary>
    public const string InGateRun = "in-gate-run";

    /// <summary>A signature is about to be stored, or has just been.</summary>
    public const string InSignature = "in-signature";

    /// <summary>A cycle is closed and its digest is being put together: before each of its two blobs, before and after it is kept.</summary>
    public const string InDigest = "in-digest";

    /// <summary>Between two steps of a refresh's process: after each of its events and of its slot's, and before each of its reminders is set or cancelled.</summary>
    public const string InRefresh = "in-refresh";

    public static IReadOnlyList<string> All { get; } = [BeforeCommit, AfterCommit, BeforePosition, InGateRun, InSignature, InDigest, InRefresh];
}
