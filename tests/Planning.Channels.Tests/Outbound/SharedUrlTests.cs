using System.Text.Json;
using Planning.Channels.Outbound;
using Planning.Channels.Tests.Support;
using Planning.Testing;

namespace Planning.Channels.Tests.Outbound;

/// <summary>The public list of addresses, each sent to as it is and with https, where nothing but what it leads to can be against it.</summary>
public sealed class SharedUrlTests
{
    private const string Public = "93.184.215.14";

    /// <summary>Every public host, on every port that the list has, so that the allow-list refuses nothing.</summary>
    private static readonly OutboundOptions Anywhere =
        new() { AllowedHosts = string.Join(',', new[] { 22, 69, 80, 389, 443, 6379, 8080, 8443, 11211 }.Select(port => $"*:{port}")) };

    private sealed record Entry(string Url, string Why, string Kind, string Expect);

    [SharedDataFact("ssrf")]
    public async Task Every_address_of_the_list_gets_its_verdict_as_it_is_and_with_https()
    {
        var entries = JsonSerializer.Deserialize<Entry[]>(File.ReadAllText(SharedData.At("ssrf", "urls.json")), JsonSerializerOptions.Web)!;
        var wrong = new List<string>();
        foreach (var entry in entries)
        {
            foreach (var url in new[] { entry.Url, WithHttps(entry.Url) }.Distinct())
            {
                if (await VerdictAsync(entry, url) is var (verdict, said) && (verdict != entry.Expect || said.Contains("AllowedHosts")))
                    wrong.Add($"{JsonSerializer.Serialize(url)} ({entry.Why}): {verdict}, {said}");
            }
        }

        Assert.Equal((193, 27), (entries.Count(e => e.Expect == "reject"), entries.Count(e => e.Expect == "accept")));
        Assert.Equal("", string.Join('\n', wrong));
    }

    private static string WithHttps(string url) => url.StartsWith("http:", StringComparison.Ordinal) ? "https:" + url["http:".Length..] : url;

    /// <summary>Accepted is what a connection was tried for, to the public address; rejected is what was refused without any to another.</summary>
    private static async Task<(string Verdict, string Said)> VerdictAsync(Entry entry, string url)
    {
        using var authority = new Authority();
        var network = new Network();
        Receiver? redirecting = null;
        if (Uri.TryCreate(url, UriKind.Absolute, out var read))
            network.Name(read.IdnHost, AddressesOf(entry));
        if (entry.Kind == "redirect")
        {
            redirecting = await Receiver.RedirectingAsync(307, "http://localhost", authority.Certify(read!.IdnHost));
            network.Server(Public, redirecting);
        }
        using var client = network.Client(Anywhere, authority.Roots);

        var result = await client.SendAsync(new OutboundRequest(HttpMethod.Post, url, "{}"u8.ToArray()), CancellationToken.None);

        if (redirecting is not null)
        {
            Assert.Single(redirecting.Requests);
            await redirecting.DisposeAsync();
        }
        var strayed = network.Connections.Where(to => AddressRules.Judge(to.Address).Reach != Reach.Public).ToList();
        return (result, network.Connections.Count) switch
        {
            _ when strayed.Count > 0 => ("connected to " + strayed[0], ""),
            (OutboundResult.Refused refused, var n) when n == (redirecting is null ? 0 : 1) => ("reject", refused.Reason),
            (OutboundResult.Failed failed, 1) => ("accept", failed.Reason),
            _ => ($"{result} after {network.Connections.Count} connections", ""),
        };
    }

    /// <summary>What the name resolves to: the list says it in words, at the end.</summary>
    private static string[] AddressesOf(Entry entry) => entry.Kind switch
    {
        "dns" => [entry.Why[(entry.Why.LastIndexOf(' ') + 1)..]],
        "dns-rebind" => [Public, "169.254.169.254"],
        _ => [Public],
    };
}
