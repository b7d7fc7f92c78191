using Planning.Channels.Outbound;
using Planning.Channels.Tests.Support;

namespace Planning.Channels.Tests.Outbound;

/// <summary>Redirects of a real server of this machine, which alone is exempt: whatever it points at is judged as any address is.</summary>
public sealed class RedirectTests
{
    private static readonly (string, string)[] Secrets = [("Planning-Signature", "t=1,v1=00"), ("Authorization", "Bearer of-this-test")];

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data/", "a metadata address")]
    [InlineData("https://169.254.169.254/latest/meta-data/", "a metadata address")]
    [InlineData("http://localhost/", "of an internal network")]
    [InlineData("https://10.0.0.1/", "a private address")]
    [InlineData("https://[::ffff:7f00:1]/", "carries another one")]
    [InlineData("https://2130706433/", "a loopback address")] // Uri reads it so; as the test above shows, nobody can register it.
    [InlineData("//10.0.0.1/a", "a private address")]
    [InlineData("file:///etc/passwd", "must begin with https")]
    [InlineData("gopher://127.0.0.1:6379/_INFO", "must begin with https")]
    [InlineData("https://ada:secret@hooks.example.com/", "a user or a password")]
    [InlineData("https://evil.example.com/", "is not among the hosts")]
    public async Task A_redirect_to_where_nothing_may_be_sent_ends_there(string location, string why)
    {
        foreach (var (method, status) in new[] { (HttpMethod.Get, 302), (HttpMethod.Post, 307), (HttpMethod.Post, 308) })
        {
            await using var receiver = await Receiver.RedirectingAsync(status, location);
            var network = new Network();
            using var client = network.Client(Allowing(receiver));

            var result = await client.SendAsync(Request(method, receiver), CancellationToken.None);

            Assert.Contains(why, Assert.IsType<OutboundResult.Refused>(result).Reason);
            Assert.Single(network.Connections);
        }
    }

    [Fact]
    public async Task A_redirect_to_a_name_that_resolves_to_an_internal_address_ends_before_the_connection()
    {
        await using var receiver = await Receiver.RedirectingAsync(302, "https://hooks.example.com/");
        var network = new Network().Name("hooks.example.com", "10.0.0.1");
        using var client = network.Client(Allowing(receiver) with { AllowedHosts = "hooks.example.com" });

        var result = await client.SendAsync(Request(HttpMethod.Get, receiver), CancellationToken.None);

        Assert.Equal(new OutboundResult.Refused("hooks.example.com resolves to a private address, which is never sent to."), result);
        Assert.Single(network.Connections);
    }

    [Fact]
    public async Task A_redirect_to_another_port_of_this_machine_ends_there_also_when_that_one_is_exempt()
    {
        await using var other = await Receiver.AnsweringAsync(200);
        await using var receiver = await Receiver.RedirectingAsync(302, other.Origin + "/admin");
        using var unknown = new Network().Client(Allowing(receiver));
        using var known = new Network().Client(new OutboundOptions { AllowInternal = $"127.0.0.1:{receiver.Port}, 127.0.0.1:{other.Port}" });

        var refused = await unknown.SendAsync(Request(HttpMethod.Get, receiver), CancellationToken.None);
        var alsoRefused = await known.SendAsync(Request(HttpMethod.Get, receiver), CancellationToken.None);

        Assert.Contains("a loopback address", Assert.IsType<OutboundResult.Refused>(refused).Reason);
        Assert.Contains("a receiver inside the own network", Assert.IsType<OutboundResult.Refused>(alsoRefused).Reason);
        Assert.Empty(other.Requests);
    }

    [Theory]
    [InlineData(307), InlineData(308)]
    public async Task Within_one_receiver_the_message_goes_along_with_its_headers(int status)
    {
        await using var receiver = await Receiver.StartAsync(http =>
        {
            if (http.Request.Path == "/a")
                (http.Response.StatusCode, http.Response.Headers.Location) = (status, "../b?c=d");
            return Task.CompletedTask;
        });
        using var client = new Network().Client(Allowing(receiver));

        Assert.Equal(200, Assert.IsType<OutboundResult.Answered>(await client.SendAsync(Request(HttpMethod.Post, receiver), CancellationToken.None)).Status);

        Assert.Equal(["/a", "/b?c=d"], receiver.Requests.Select(r => r.Target));
        Assert.All(receiver.Requests, r => Assert.Equal(("POST", "t=1,v1=00", "{}"), (r.Method, r.Headers["Planning-Signature"], System.Text.Encoding.UTF8.GetString(r.Body))));
    }

    [Theory]
    [InlineData(307), InlineData(308), InlineData(302)]
    public async Task Another_receiver_never_gets_a_message_of_somebody_else(int status)
    {
        const string Public = "93.184.215.14";
        using var authority = new Authority();
        await using var other = await Receiver.AnsweringAsync(200, certificate: authority.Certify("b.example.com"));
        await using var receiver = await Receiver.RedirectingAsync(status, "https://b.example.com/");
        var network = new Network().Name("b.example.com", Public).Server(Public, other);
        using var client = network.Client(Allowing(receiver) with { AllowedHosts = "b.example.com" }, authority.Roots);

        var result = await client.SendAsync(Request(HttpMethod.Post, receiver), CancellationToken.None);

        Assert.Contains("Register that address itself", Assert.IsType<OutboundResult.Refused>(result).Reason);
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task What_only_reads_is_followed_to_another_receiver_without_its_secrets()
    {
        const string Public = "93.184.215.14";
        using var authority = new Authority();
        await using var other = await Receiver.AnsweringAsync(200, "found", authority.Certify("b.example.com"));
        await using var receiver = await Receiver.RedirectingAsync(302, "https://b.example.com/c");
        var network = new Network().Name("b.example.com", Public).Server(Public, other);
        using var client = network.Client(Allowing(receiver) with { AllowedHosts = "b.example.com" }, authority.Roots);

        var result = await client.SendAsync(Request(HttpMethod.Get, receiver) with { WantsBody = true }, CancellationToken.None);

        Assert.Equal("found", Assert.IsType<OutboundResult.Answered>(result).Body);
        Assert.Equal("Bearer of-this-test", Assert.Single(receiver.Requests).Headers["Authorization"]);
        Assert.Equal(["Host", "User-Agent"], Assert.Single(other.Requests).Headers.Keys.Order());
    }

    [Theory]
    [InlineData(301), InlineData(302), InlineData(303)]
    public async Task A_redirect_that_would_turn_a_message_into_a_question_is_no_delivery(int status)
    {
        await using var receiver = await Receiver.RedirectingAsync(status, "/b");
        using var client = new Network().Client(Allowing(receiver));

        var result = await client.SendAsync(Request(HttpMethod.Post, receiver), CancellationToken.None);

        Assert.Contains($"redirects with {status}, which drops the message", Assert.IsType<OutboundResult.Refused>(result).Reason);
        Assert.Single(receiver.Requests);
    }

    [Theory]
    [InlineData(0, 1), InlineData(3, 4)]
    public async Task A_circle_of_redirects_ends_at_the_limit(int limit, int requests)
    {
        await using var receiver = await Receiver.RedirectingAsync(307, "/a");
        using var client = new Network().Client(Allowing(receiver) with { MaxRedirects = limit });

        Assert.Contains($"more than {limit} times", Assert.IsType<OutboundResult.Refused>(await client.SendAsync(Request(HttpMethod.Post, receiver), CancellationToken.None)).Reason);
        Assert.Equal(requests, receiver.Requests.Count);
    }

    [Fact]
    public async Task A_redirect_to_nowhere_is_refused()
    {
        await using var receiver = await Receiver.AnsweringAsync(302);
        using var client = new Network().Client(Allowing(receiver));

        Assert.Contains("does not say where to", Assert.IsType<OutboundResult.Refused>(await client.SendAsync(Request(HttpMethod.Get, receiver), CancellationToken.None)).Reason);
    }

    private static OutboundOptions Allowing(Receiver receiver) => new() { AllowInternal = $"127.0.0.1:{receiver.Port}" };

    private static OutboundRequest Request(HttpMethod method, Receiver receiver) =>
        new(method, receiver.Origin + "/a", method == HttpMethod.Post ? "{}"u8.ToArray() : null, Headers: Secrets);
}
