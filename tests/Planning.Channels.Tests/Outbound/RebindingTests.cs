using System.Net;
using Planning.Channels.Outbound;
using Planning.Channels.Tests.Support;

namespace Planning.Channels.Tests.Outbound;

/// <summary>A name that means one thing when it is checked and another when it is connected to.</summary>
public sealed class RebindingTests
{
    private const string Host = "hooks.example.com";
    private const string Public = "93.184.215.14";
    private static readonly OutboundOptions Options = new() { AllowedHosts = Host };
    private static readonly OutboundRequest Request = new(HttpMethod.Post, $"https://{Host}/a", "{}"u8.ToArray());

    [Fact]
    public async Task The_connection_goes_to_the_address_that_was_checked_and_the_name_is_not_asked_again()
    {
        using var authority = new Authority();
        await using var receiver = await Receiver.AnsweringAsync(200, certificate: authority.Certify(Host));
        var network = new Network().Name(Host, Public).Name(Host, "127.0.0.1").Server(Public, receiver);
        using var client = network.Client(Options, authority.Roots);

        var result = await client.SendAsync(Request, CancellationToken.None);

        Assert.Equal(200, Assert.IsType<OutboundResult.Answered>(result).Status);
        Assert.Equal([Host], network.LookUps);
        Assert.Equal([new IPEndPoint(IPAddress.Parse(Public), 443)], network.Connections);
        Assert.Equal(Host, Assert.Single(receiver.Requests).Headers["Host"]);
    }

    [Fact]
    public async Task The_next_connection_is_checked_anew()
    {
        using var authority = new Authority();
        await using var receiver = await Receiver.StartAsync(
            http =>
            {
                http.Response.Headers.Connection = "close";
                return Task.CompletedTask;
            },
            authority.Certify(Host));
        var network = new Network().Name(Host, Public).Name(Host, "169.254.169.254").Server(Public, receiver);
        using var client = network.Client(Options, authority.Roots);
        await client.SendAsync(Request, CancellationToken.None);

        var second = await client.SendAsync(Request, CancellationToken.None);

        Assert.Equal(new OutboundResult.Refused($"{Host} resolves to a metadata address, which is never sent to."), second);
        Assert.Equal(2, network.LookUps.Count);
        Assert.Single(network.Connections);
    }

    [Theory]
    [InlineData("10.0.0.1")]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("fe80::1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("64:ff9b::a9fe:a9fe")]
    [InlineData("2002:7f00:1::")]
    [InlineData("0.0.0.0")]
    public async Task One_internal_address_among_public_ones_is_enough_to_refuse(string address)
    {
        var network = new Network().Name(Host, Public, address, "8.8.8.8");
        using var client = network.Client(Options);

        Assert.IsType<OutboundResult.Refused>(await client.SendAsync(Request, CancellationToken.None));
        Assert.Empty(network.Connections);
    }

    [Fact]
    public async Task Of_several_public_addresses_the_next_is_tried_when_one_does_not_answer()
    {
        using var authority = new Authority();
        await using var receiver = await Receiver.AnsweringAsync(204, certificate: authority.Certify(Host));
        var network = new Network().Name(Host, "8.8.4.4", Public).Server(Public, receiver);
        using var client = network.Client(Options, authority.Roots);

        Assert.Equal(204, Assert.IsType<OutboundResult.Answered>(await client.SendAsync(Request, CancellationToken.None)).Status);
        Assert.Equal(["8.8.4.4", Public], network.Connections.Select(to => to.Address.ToString()));
    }

    [Fact]
    public async Task Of_several_public_addresses_the_next_is_tried_when_one_is_silent_for_three_seconds()
    {
        using var authority = new Authority();
        await using var receiver = await Receiver.AnsweringAsync(204, certificate: authority.Certify(Host));
        var network = new Network().Name(Host, "8.8.4.4", Public).Silent("8.8.4.4").Server(Public, receiver);
        using var client = network.Client(Options, authority.Roots);

        var sending = client.SendAsync(Request, CancellationToken.None);
        await network.Time.UntilWaitingAsync();
        network.Time.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(204, Assert.IsType<OutboundResult.Answered>(await sending).Status);
    }

    [Fact]
    public async Task A_receiver_of_the_own_network_that_turns_into_a_metadata_address_is_refused()
    {
        var network = new Network().Name("jira", "169.254.169.254");
        using var client = network.Client(new OutboundOptions { AllowInternal = "jira:8080" });

        Assert.IsType<OutboundResult.Refused>(await client.SendAsync(Request with { Address = "http://jira:8080/rest" }, CancellationToken.None));
        Assert.Empty(network.Connections);
    }
}
