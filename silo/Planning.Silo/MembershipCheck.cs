using Orleans.Runtime;
using Planning.Gateway.Health;

namespace Planning.Silo;

/// <summary>Whether the cluster counts this silo among its members.</summary>
internal sealed class MembershipCheck(ISiloStatusOracle silos) : IReadinessCheck
{
    public string Name => "membership";

    public ValueTask<string?> LookAsync(CancellationToken cancellation) =>
        new(silos.CurrentStatus == SiloStatus.Active ? null : $"This silo is {silos.CurrentStatus}, not yet or no longer a member.");
}
