namespace Planning.Contracts;

/// <param name="Kind">approval or board_decision.</param>
/// <param name="Verdict">approved or rejected.</param>
/// <param name="ContentHash">The content that the person looked at; another one refuses the approval.</param>
/// <param name="Comment">The reason; needed for a rejection.</param>
public sealed record ApproveRequest(string Kind, string Verdict, string? ContentHash = null, string? Comment = null);

public sealed record ApprovalView(string Kind, string Person, string Verdict, string ContentHash, DateTimeOffset At, string? Comment = null);

/// <param name="Gate">Name of the gate that reports the finding.</param>
/// <param name="Fingerprint">Of the finding.</param>
public sealed record WaiveRequest(string Gate, string Fingerprint, string Reason, DateTimeOffset ExpiresAt);

public sealed record WaiverView(string Gate, string Fingerprint, string Reason, DateTimeOffset ExpiresAt, string By);
