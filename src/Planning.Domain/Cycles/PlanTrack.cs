using System.Collections.Immutable;
using Planning.Domain.Plans;

namespace Planning.Domain.Cycles;

/// <summary>An event that no closed cycle has counted yet, with the cycle that its plan was in.</summary>
internal readonly record struct Uncounted(Happened Happened, CycleId Home);

/// <summary>The last that was reported of a task.</summary>
internal readonly record struct TaskTrack(TaskProgress Progress, CycleId Home);

/// <summary>One plan while the workspace's events are read: its state, and which events made it so.</summary>
internal sealed class PlanTrack(PlanId id)
{
    private readonly Dictionary<string, EventRef> attachedBy = new(StringComparer.Ordinal);
    private EventRef movedBy;
    private EventRef? windowBy;
    private EventRef taggedBy;
    private (DateTimeOffset At, EventRef By)? began;
    private (DateTimeOffset At, EventRef By)? ended;

    public PlanId Id => id;
    public Plan State { get; private set; } = Plan.None;
    public CycleId Home => State.CycleId;

    /// <summary>Every cycle that it was in, in order, with the event that put it there.</summary>
    public List<(CycleId Cycle, EventRef By)> Homes { get; } = [];

    /// <summary>Closed before its cycle was; it belongs to no later one.</summary>
    public bool ClosedOut { get; set; }

    public List<EventRef> Reports { get; } = [];
    public SortedDictionary<string, TaskTrack> Tasks { get; } = new(StringComparer.Ordinal);

    /// <summary>Tasks that a closed cycle has counted, with their points.</summary>
    public Dictionary<string, decimal?> CountedTasks { get; } = new(StringComparer.Ordinal);

    public HashSet<string> CountedDefects { get; } = new(StringComparer.Ordinal);
    public List<Uncounted> Uncounted { get; } = [];

    public void Apply(Happened happened, PlanEvent e)
    {
        State = PlanDecider.Evolve(State, e);
        var by = happened.Ref;
        switch (e)
        {
            case PlanEvent.PlanCreated created:
                (movedBy, taggedBy) = (by, by);
                windowBy = created.Window is null ? null : by;
                Homes.Add((created.CycleId, by));
                break;
            case PlanEvent.PlanUpdated updated:
                windowBy = updated.Window is null ? windowBy : by;
                taggedBy = updated.Tags is null ? taggedBy : by;
                if (updated.CycleId is { } cycle)
                    Homes.Add((cycle, by));
                break;
            case PlanEvent.ArtifactAttached attached:
                attachedBy[attached.Name] = by;
                break;
            case PlanEvent.StateTransition { Outcome: TransitionOutcome.Moved } moved:
                Move(happened, moved);
                break;
            case PlanEvent.ExecutionReported reported:
                Reports.Add(by);
                foreach (var task in reported.Report.Tasks)
                    Tasks[task.TaskId] = new TaskTrack(task, Home);
                break;
        }
        if (e is PlanEvent.StateTransition or PlanEvent.ApprovalRecorded or PlanEvent.GovernanceViolation or PlanEvent.ExecutionReported)
            Keep(happened);
    }

    public void Keep(Happened happened) => Uncounted.Add(new Uncounted(happened, Home));

    public Backlog BacklogWith(IEnumerable<EventRef> path)
    {
        var backlogs = State.Content.Where(a => a.Facts?.Tasks is not null).Select(a => attachedBy[a.Name]);
        var tasks = State.Tasks;
        return new Backlog(tasks.Count, tasks.Points > 0 ? tasks.Points : null, Evidence.Of(path, backlogs, Reports));
    }

    public Timeline TimelineWith(IEnumerable<EventRef> path)
    {
        var planned = State.GivenWindow is not null ? windowBy : State.Content.Where(a => a.Facts?.Window is not null).Select(a => (EventRef?)attachedBy[a.Name]).FirstOrDefault();
        return new Timeline(State.Window, began?.At, ended?.At, Evidence.Of(path, new[] { planned, began?.By, ended?.By }.OfType<EventRef>()));
    }

    public ImmutableArray<EventRef> TaggedWith(IEnumerable<EventRef> path) =>
        Evidence.Of(path, [taggedBy], State.Content.Where(a => a.Facts is { Tags.IsEmpty: false }).Select(a => attachedBy[a.Name]));

    public IEnumerable<EventRef> MovedWith(IEnumerable<EventRef> path) => path.Append(movedBy);

    private void Move(Happened happened, PlanEvent.StateTransition moved)
    {
        movedBy = happened.Ref;
        if (moved.Trigger == Trigger.BeginExecution)
            began ??= (happened.At, happened.Ref);
        if (moved.ToState == PlanStatus.Validated)
            ended = (happened.At, happened.Ref);
        else if (moved.FromState == PlanStatus.Validated && moved.Trigger == Trigger.ValidationFailed)
            ended = null;
    }
}
