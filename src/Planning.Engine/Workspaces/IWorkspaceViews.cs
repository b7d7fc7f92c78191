using Planning.Domain;
using Planning.Domain.Cycles;
using Planning.Domain.Governance;

namespace Planning.Engine.Workspaces;

/// <summary>What a whole workspace's history comes to now. Both hosts answer the same at the same position and moment.</summary>
public interface IWorkspaceViews
{
    /// <summary>What governance says about open plans.</summary>
    /// <exception cref="Log.LogUnavailableException">The history cannot be read now, or is still being read.</exception>
    ValueTask<ComplianceReport> ComplianceAsync(WorkspaceId workspace, ComplianceQuery query, ViewedAt viewed, CancellationToken cancellation);

    /// <summary>The KPIs of an open cycle so far; null where no cycle of this id is open.</summary>
    /// <exception cref="Log.LogUnavailableException">The history cannot be read now, or is still being read.</exception>
    ValueTask<CycleKpis?> KpisAsync(WorkspaceId workspace, CycleId cycle, ViewedAt viewed, CancellationToken cancellation);
}

/// <param name="MinPosition">Every event up to this one is in the answer; 0 takes what is there.</param>
/// <param name="At">The moment for which plans and cycles are judged.</param>
public sealed record ViewedAt(long MinPosition, DateTimeOffset At);
