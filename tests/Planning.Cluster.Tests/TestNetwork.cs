using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Planning.Cluster.Tests;

/// <summary>A place of its own on the network: a namespace with one address.</summary>
/// <param name="Link">The end of its cable in the bridge.</param>
internal sealed record NetworkSite(string Name, string Link, IPAddress Address);

/// <summary>
/// Sites that reach each other, and this machine, over one bridge, until their cable is pulled. Whatever is reached over a Unix
/// socket, as PostgreSQL is here, stays reachable. Nothing of it outlives the test; what a killed run has left is removed first.
/// </summary>
internal sealed class TestNetwork : IAsyncDisposable
{
    private const string SiteMark = "plnet-";
    private const string BridgeMark = "plbr";
    private const string LinkMark = "plln";

    private static readonly int Run = Environment.ProcessId;

    private readonly string bridge = $"{BridgeMark}{Run}";

    private TestNetwork()
    {
    }

    public IReadOnlyList<NetworkSite> Sites { get; private set; } = [];

    public static async Task<TestNetwork> CreateAsync(int sites)
    {
        await RemoveLeftOversAsync();
        var network = new TestNetwork();
        try
        {
            await network.BuildAsync(sites);
            return network;
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }
    }

    /// <summary>Pulls the cable: what is sent either way is lost, and nobody is told.</summary>
    public Task CutAsync(NetworkSite site) => Ip("link", "set", site.Link, "nomaster");

    public Task MendAsync(NetworkSite site) => Ip("link", "set", site.Link, "master", bridge);

    public ValueTask DisposeAsync() => new(RemoveAsync(Run));

    private async Task BuildAsync(int sites)
    {
        // 198.18.0.0/15 is set aside for tests of networks and leads nowhere else.
        var net = $"198.{18 + (Run >> 8 & 1)}.{Run & 255}";
        await Ip("link", "add", bridge, "type", "bridge", "forward_delay", "0");
        await Ip("addr", "add", $"{net}.1/24", "dev", bridge);
        await Ip("link", "set", bridge, "up");
        for (var i = 1; i <= sites; i++)
        {
            var site = new NetworkSite($"{SiteMark}{Run}-{i}", $"{LinkMark}{Run}-{i}", IPAddress.Parse($"{net}.{i + 1}"));
            Sites = [.. Sites, site];
            await Ip("netns", "add", site.Name);
            await Ip("link", "add", site.Link, "type", "veth", "peer", "name", "eth0", "netns", site.Name);
            await Ip("link", "set", site.Link, "master", bridge, "up");
            await Ip("-n", site.Name, "addr", "add", $"{site.Address}/24", "dev", "eth0");
            await Ip("-n", site.Name, "link", "set", "eth0", "up");
            await Ip("-n", site.Name, "link", "set", "lo", "up");
        }
    }

    private static async Task RemoveLeftOversAsync()
    {
        var sites = (await Ip("netns", "list")).Split('\n').Where(line => line.StartsWith(SiteMark, StringComparison.Ordinal)).Select(line => line[SiteMark.Length..].Split('-')[0]);
        var bridges = Directory.EnumerateDirectories("/sys/class/net").Select(Path.GetFileName).Where(name => name!.StartsWith(BridgeMark, StringComparison.Ordinal)).Select(name => name![BridgeMark.Length..]);
        foreach (var run in sites.Concat(bridges).Distinct().Select(run => int.Parse(run, CultureInfo.InvariantCulture)))
        {
            if (run == Run || !Directory.Exists($"/proc/{run}"))
                await RemoveAsync(run);
        }
    }

    /// <summary>With every process that still runs there.</summary>
    private static async Task RemoveAsync(int run)
    {
        foreach (var line in (await Ip("netns", "list")).Split('\n').Where(line => line.StartsWith($"{SiteMark}{run}-", StringComparison.Ordinal)))
        {
            var site = line.Split(' ')[0];
            foreach (var id in (await Ip("netns", "pids", site)).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                using var left = Process.GetProcessById(int.Parse(id, CultureInfo.InvariantCulture));
                left.Kill();
                await left.WaitForExitAsync();
            }
            await Ip("netns", "del", site);
        }
        if (Directory.Exists($"/sys/class/net/{BridgeMark}{run}"))
            await Ip("link", "del", $"{BridgeMark}{run}");
    }

    private static async Task<string> Ip(params string[] arguments)
    {
        using var ip = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        var (output, error) = (ip.StandardOutput.ReadToEndAsync(), ip.StandardError.ReadToEndAsync());
        await ip.WaitForExitAsync();
        return ip.ExitCode == 0 ? await output : throw new InvalidOperationException($"ip {string.Join(' ', arguments)}: {(await error).Trim()}");
    }
}
