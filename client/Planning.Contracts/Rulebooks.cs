namespace Planning.Contracts;

/// <summary>A rulebook that is to hold from now on. All files together make one version.</summary>
/// <param name="Files">gates.yaml, governance.yaml, kpis.yaml, sealing.yaml, calendars.yaml and, where the workspace has kinds of its own, artifacts.yaml, each with its text.</param>
public sealed record ActivateRulebookRequest(IReadOnlyDictionary<string, string> Files);

/// <param name="Hash">Over all files; manifests and gate runs name it.</param>
/// <param name="Shipped">Whether this is the rulebook that workspaces without one of their own live by.</param>
/// <param name="Files">File name to text.</param>
public sealed record RulebookView(string Hash, bool Shipped, IReadOnlyDictionary<string, string> Files, long Version, long Position, string? Replaces = null);

/// <summary>A rulebook that is judged, or kept for a dry run; nothing lives by it.</summary>
/// <param name="Files">As in <see cref="ActivateRulebookRequest"/>.</param>
public sealed record ProposeRulebookRequest(IReadOnlyDictionary<string, string> Files);

/// <summary>What is wrong with a set of files.</summary>
/// <param name="Hash">That it would have.</param>
/// <param name="Valid">Whether no finding is an error.</param>
/// <param name="Findings">Each with file, line and column, in their order.</param>
public sealed record RulebookCheckView(string Hash, bool Valid, IReadOnlyList<FindingView> Findings);

/// <param name="Status">proposed, or active where it is the one that holds, or inactive where it held before.</param>
public sealed record RulebookProposalView(string Hash, string Status, IReadOnlyList<FindingView> Findings, long Version, long Position);

/// <summary>What was done to a workspace's rulebook.</summary>
/// <param name="Event">proposed or activated.</param>
/// <param name="Active">Whether this rulebook holds now.</param>
/// <param name="Replaces">The one that held before; absent where that was the shipped one.</param>
public sealed record RulebookHistoryItem(string Hash, string Event, DateTimeOffset At, string By, bool Active, string? Replaces = null);

/// <summary>A part of the open plans, newest first, judged by the rules that hold and by others. Only plans of which a verdict flips are listed.</summary>
/// <param name="RulebookHash">The rulebook that is tried.</param>
/// <param name="ActiveHash">The one that held while this page was judged.</param>
/// <param name="At">The moment for which plans are judged that are not being executed.</param>
/// <param name="Position">Of the last event of the workspace that is judged.</param>
/// <param name="Judged">Plans that this page has judged.</param>
/// <param name="NextCursor">Give it as <c>cursor</c> to go on; absent on the last page.</param>
public sealed record DryRunView(
    string RulebookHash, string ActiveHash, DateTimeOffset At, long Position, int Judged, IReadOnlyList<DryRunItem> Items, string? NextCursor = null);

public sealed record DryRunItem(string PlanId, string Title, string Stream, string Status, IReadOnlyList<FlipView> Flips);

/// <param name="Verdict">gate, of the gate that the plan meets next; or governance.</param>
/// <param name="From">passes or fails, under the rules that hold.</param>
/// <param name="To">The same under the rulebook that is tried.</param>
/// <param name="Because">What fails on the side that fails: validators and findings of the gate, or <c>governance:RULE</c>.</param>
/// <param name="Gate">Its name under the rulebook that is tried; absent for governance.</param>
public sealed record FlipView(string Verdict, string From, string To, IReadOnlyList<RequirementView> Because, string? Gate = null);
