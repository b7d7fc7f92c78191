using Orleans.Messaging;
using Planning.Grains;

namespace Planning.Silo;

/// <summary>The cluster's list of silos as this process reads it; when one is no longer on it, calls under way learn of that.</summary>
internal sealed class WatchedGateways(IGatewayListProvider list, SiloLosses losses) : IGatewayListProvider
{
    private IList<Uri> known = [];

    public TimeSpan MaxStaleness => list.MaxStaleness;

    public bool IsUpdatable => true;

    public Task InitializeGatewayListProvider() => list.InitializeGatewayListProvider();

    public async Task<IList<Uri>> GetGateways()
    {
        var now = await list.GetGateways();
        if (Interlocked.Exchange(ref known, now).Except(now).Any())
            losses.Tell();
        return now;
    }
}
