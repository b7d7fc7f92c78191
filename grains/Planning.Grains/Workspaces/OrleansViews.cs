using Planning.Domain;
using Planning.Domain.Cycles;
using Planning.Domain.Governance;
using Planning.Engine.Log;
using Planning.Engine.Workspaces;
using Planning.Grains.Cycles;
using Planning.Grains.Governance;

namespace Planning.Grains.Workspaces;

/// <summary>The views of workspaces, kept by grains that follow them.</summary>
/// <param name="callTimeout">How long to wait for an answer at most.</param>
/// <param name="losses">Silos that are lost while calls may be waiting for them.</param>
public sealed class OrleansViews(IGrainFactory grains, TimeSpan callTimeout, SiloLosses losses, TimeProvider time) : IWorkspaceViews
{
    private readonly SiloCalls calls = new(callTimeout, losses, time);

    public async ValueTask<ComplianceReport> ComplianceAsync(WorkspaceId workspace, ComplianceQuery query, ViewedAt viewed, CancellationToken cancellation)
    {
        var answer = await CallAsync(() => grains.GetGrain<IGovernanceGrain>(workspace.Value).ComplianceAsync(query, viewed.MinPosition, viewed.At), cancellation);
        return answer.Report ?? throw new LogUnavailableException(answer.Unreadable ?? "The workspace's governance gave no answer.");
    }

    public async ValueTask<CycleKpis?> KpisAsync(WorkspaceId workspace, CycleId cycle, ViewedAt viewed, CancellationToken cancellation)
    {
        var answer = await CallAsync(() => grains.GetGrain<IMetricsGrain>(workspace.Value).KpisAsync(cycle.Value, viewed.MinPosition, viewed.At), cancellation);
        return answer.Unreadable is { } unreadable ? throw new LogUnavailableException(unreadable) : answer.Kpis;
    }

    private async ValueTask<T> CallAsync<T>(Func<ValueTask<T>> call, CancellationToken cancellation)
    {
        try
        {
            return await calls.MakeAsync(call, cancellation);
        }
        catch (Exception lost) when (OrleansHost.IsLost(lost))
        {
            throw new LogUnavailableException($"The silo that follows the workspace did not answer: {lost.Message}", lost);
        }
    }
}
