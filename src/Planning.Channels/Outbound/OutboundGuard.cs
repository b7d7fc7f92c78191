using System.Net;

namespace Planning.Channels.Outbound;

/// <summary>Decides whether an address may be sent to: before it is stored, before each request and redirect, and for what its name resolves to.</summary>
internal sealed class OutboundGuard
{
    private readonly HostPatterns allowed;
    private readonly InternalReceivers receivers;

    /// <exception cref="ArgumentException">The options are out of range; the message says which.</exception>
    public OutboundGuard(OutboundOptions options)
    {
        if (options.Problem() is { } problem)
            throw new ArgumentException(problem, nameof(options));
        (allowed, receivers) = (HostPatterns.Read(options.AllowedHosts).Patterns, InternalReceivers.Read(options.AllowInternal).Receivers);
    }

    /// <summary>The address when it may be sent to as far as can be told without resolving its name, else a sentence why not.</summary>
    /// <param name="redirected">Whether another receiver named it: those inside the own network are for who registers them, not for who points at them.</param>
    public (OutboundAddress? Address, string? Problem) Check(string text, bool redirected = false)
    {
        var (address, problem) = OutboundAddress.Read(text);
        if (address is null)
            return (null, problem);
        problem = !receivers.Include(address.Host.Name, address.Port) ? RefusePublic(address)
            : redirected ? $"{address.Host.Name} is a receiver inside the own network."
            : RefuseLiteral(address.Host, Reach.Internal);
        return problem is null ? (address, null) : (null, problem);
    }

    /// <summary>Why nothing is sent to a host that resolves to these addresses; null when all of them may be.</summary>
    public string? Refuse(string host, int port, IReadOnlyList<IPAddress> resolved)
    {
        var least = receivers.Include(host, port) ? Reach.Internal : Reach.Public;
        foreach (var address in resolved)
        {
            // The address itself is not told: names of the own network would give away what lies behind them.
            if (AddressRules.Judge(address) is var (reach, what) && reach < least)
                return $"{host} resolves to {what}, which is never sent to.";
        }
        return null;
    }

    private string? RefusePublic(OutboundAddress address)
    {
        var host = address.Host;
        if (host.Literal is null && HostNames.IsInternal(host.Name))
            return $"{host.Name} is a name of an internal network, which is never sent to.";
        if (RefuseLiteral(host, Reach.Public) is { } literal)
            return literal;
        if (!address.IsHttps)
            return "The address must begin with https://.";
        return allowed.Allow(host, address.Port)
            ? null
            : $"{host.Name}, port {address.Port}, is not among the hosts that may be sent to (setting AllowedHosts). Ask those who operate this server.";
    }

    private static string? RefuseLiteral(Host host, Reach least) =>
        host.Literal is { } literal && AddressRules.Judge(literal) is var (reach, what) && reach < least ? $"{host.Name} is {what}, which is never sent to." : null;
}
