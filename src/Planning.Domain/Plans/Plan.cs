using System.Collections.Immutable;

namespace Planning.Domain.Plans;

/// <summary>The state of one plan: a fold of its events, nothing else.</summary>
public sealed record Plan
{
    public static Plan None { get; } = new();

    public bool Exists { get; init; }
    public PlanId Id { get; init; }
    public PlanStatus Status { get; init; } = PlanStatus.Planned;
    public string Title { get; init; } = "";
    public string? Description { get; init; }
    public string Stream { get; init; } = "";
    public PersonId Author { get; init; }
    public CycleId CycleId { get; init; }
    public PlanId? ClonedFrom { get; init; }

    /// <summary>Tags as given; <see cref="TagsOf"/> adds those that artifacts declare.</summary>
    public ImmutableSortedDictionary<string, string> GivenTags { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    public int? GivenPriority { get; init; }
    public PlanWindow? GivenWindow { get; init; }
    public PersonId? EmergencyContact { get; init; }

    /// <summary>The name of the artifact that says how to roll back.</summary>
    public string? RollbackPlan { get; init; }

    public ImmutableSortedDictionary<string, ArtifactRef> Artifacts { get; init; } = ImmutableSortedDictionary<string, ArtifactRef>.Empty.WithComparers(StringComparer.Ordinal);
    public ImmutableArray<Approval> Approvals { get; init; } = [];
    public ImmutableArray<Waiver> Waivers { get; init; } = [];
    public ImmutableArray<ExecutionReport> Reports { get; init; } = [];
    public ImmutableSortedDictionary<string, GateVerdict> Gates { get; init; } = ImmutableSortedDictionary<string, GateVerdict>.Empty;

    public PendingTransition? Pending { get; init; }

    /// <summary>The manifest that packs the present content; null after an edit, until the plan is packaged anew.</summary>
    public ManifestId? Manifest { get; init; }

    /// <summary>The last manifest, current or superseded; a new one names it.</summary>
    public ManifestId? LastManifest { get; init; }

    /// <summary>When the plan last reached EXECUTED, counted in reports: only later ones speak of this execution.</summary>
    public int ReportsBeforeExecution { get; init; }

    /// <summary>What approvals and seals bind to. Changes with every edit of content, never with evidence.</summary>
    public ContentHash ContentHash { get; init; }

    /// <summary>The violation of governance that was recorded last.</summary>
    public RecordedViolation? Violation { get; init; }

    /// <summary>Between begin_execution and the end: what the rules ask for before execution must go on to hold.</summary>
    public bool IsExecuting => Status is PlanStatus.Executed or PlanStatus.Validated or PlanStatus.Improve;

    public bool IsClosed => Lifecycle.IsClosed(Status);

    /// <summary>Content artifacts by name; evidence is left out.</summary>
    public IEnumerable<ArtifactRef> Content => Artifacts.Values.Where(a => !a.Evidence);

    public PlanWindow? Window => GivenWindow ?? Content.Select(a => a.Facts?.Window).FirstOrDefault(w => w is not null);

    public TaskSummary Tasks => Content.Select(a => a.Facts?.Tasks).OfType<TaskSummary>()
        .Aggregate(new TaskSummary(0, 0, null), (sum, t) => new TaskSummary(sum.Count + t.Count, sum.Points + t.Points, Least(sum.TopPriority, t.TopPriority)));

    /// <summary>Given tags win over those that artifacts declare; defaults of the rulebook come last, where they are asked for.</summary>
    public ImmutableSortedDictionary<string, string> Tags => Content
        .SelectMany(a => a.Facts?.Tags ?? ImmutableSortedDictionary<string, string>.Empty)
        .Aggregate(GivenTags, (tags, tag) => tags.ContainsKey(tag.Key) ? tags : tags.Add(tag.Key, tag.Value));

    /// <summary>0 is most urgent. Given, or the most urgent of criticality, emergency change and the tasks' own priorities.</summary>
    public int Priority => GivenPriority ?? PlanPriority.Of(Tags, Tasks);

    private static int? Least(int? a, int? b) => a is null ? b : b is null ? a : Math.Min(a.Value, b.Value);
}
