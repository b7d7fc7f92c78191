using System.Collections.Immutable;
using Planning.Domain;
using Planning.Domain.Plans;

namespace Planning.Engine.Rulebooks;

/// <summary>A part of the open plans, judged by the rules that hold and by others.</summary>
/// <param name="Judged">How many plans were judged.</param>
/// <param name="Plans">Those of which a verdict flips, in the order of the compliance list.</param>
/// <param name="Next">Goes on with plans that were created before this position; null when these were the last.</param>
public sealed record DryRunPage(int Judged, ImmutableArray<PlanFlips> Plans, long? Next);

/// <param name="Flips">One or two: of the gate that the plan meets next, and of governance.</param>
public sealed record PlanFlips(PlanId Plan, string Title, string Stream, PlanStatus Status, ImmutableArray<Flip> Flips);

/// <summary>A verdict that becomes another one.</summary>
/// <param name="Gate">The gate under the other rules; null for governance.</param>
/// <param name="Passes">Whether the plan passes under the other rules, and so does not under those that hold; or the reverse.</param>
/// <param name="Because">What fails on the side that fails: validators with their findings, or rules.</param>
public sealed record Flip(string? Gate, bool Passes, ImmutableArray<Blocker> Because);
