using System.Net;
using Microsoft.AspNetCore.Http;
using Planning.Channels.Outbound;
using Planning.Channels.Tests.Support;

namespace Planning.Channels.Tests.Outbound;

/// <summary>What is sent and read, once an address may be sent to.</summary>
public sealed class OutboundClientTests
{
    private const string Host = "hooks.example.com";
    private const string Public = "93.184.215.14";

    [Fact]
    public async Task The_certificate_must_be_for_the_name_although_the_connection_is_to_an_address()
    {
        using var authority = new Authority();
        await using var receiver = await Receiver.AnsweringAsync(200, certificate: authority.Certify("other.example.com"));
        using var client = Reaching(receiver).Client(new OutboundOptions { AllowedHosts = Host }, authority.Roots);

        Assert.Contains("cannot be trusted", await FailureAsync(client, $"https://{Host}/"));
        Assert.Empty(receiver.Requests);
    }

    [Fact]
    public async Task The_certificate_must_be_of_an_authority_that_is_trusted()
    {
        using var authority = new Authority();
        await using var receiver = await Receiver.AnsweringAsync(200, certificate: authority.Certify(Host));
        using var client = Reaching(receiver).Client(new OutboundOptions { AllowedHosts = Host });

        Assert.Contains("cannot be trusted", await FailureAsync(client, $"https://{Host}/"));
        Assert.Empty(receiver.Requests);
    }

    [Fact]
    public async Task A_proxy_of_the_machine_is_not_used()
    {
        await using var proxy = await Receiver.AnsweringAsync(200);
        await using var receiver = await Receiver.AnsweringAsync(204);
        var before = HttpClient.DefaultProxy;
        HttpClient.DefaultProxy = new WebProxy(proxy.Origin);
        try
        {
            using var client = new Network().Client(Allowing(receiver));

            Assert.Equal(204, (await AnswerAsync(client, receiver.Origin)).Status);
            Assert.Empty(proxy.Requests);
        }
        finally
        {
            HttpClient.DefaultProxy = before;
        }
    }

    [Fact]
    public async Task Cookies_are_not_kept_and_nothing_about_the_trace_is_told()
    {
        await using var receiver = await Receiver.StartAsync(http =>
        {
            http.Response.Headers.SetCookie = "a=b; Path=/";
            return Task.CompletedTask;
        });
        using var client = new Network().Client(Allowing(receiver));
        using var activity = new System.Diagnostics.Activity("a test").Start();

        await AnswerAsync(client, receiver.Origin);
        await AnswerAsync(client, receiver.Origin);

        Assert.All(receiver.Requests, r => Assert.Equal(["Content-Length", "Content-Type", "Host", "User-Agent"], r.Headers.Keys.Order()));
    }

    [Fact]
    public async Task Of_an_endless_answer_only_so_much_is_read()
    {
        await using var receiver = await Receiver.StartAsync(async http =>
        {
            var chunk = new byte[8192];
            Array.Fill(chunk, (byte)'a');
            while (!http.RequestAborted.IsCancellationRequested)
                await http.Response.Body.WriteAsync(chunk, http.RequestAborted);
        });
        using var client = new Network().Client(Allowing(receiver) with { MaxResponseBytes = 10_000 });

        var result = await client.SendAsync(new OutboundRequest(HttpMethod.Get, receiver.Origin, WantsBody: true), CancellationToken.None);

        Assert.Equal(new string('a', 10_000), Assert.IsType<OutboundResult.Answered>(result).Body);
    }

    [Theory]
    [InlineData("120", 120)]
    [InlineData("0", 0)]
    [InlineData("Mon, 05 Jan 2026 08:00:30 GMT", 30)]
    [InlineData("Mon, 05 Jan 2026 07:00:00 GMT", 0)]
    [InlineData("999999999", 3600)]
    [InlineData("soon", null)]
    public async Task How_long_the_receiver_asks_to_be_left_alone_is_read_within_bounds(string header, int? seconds)
    {
        await using var receiver = await Receiver.StartAsync(http =>
        {
            (http.Response.StatusCode, http.Response.Headers.RetryAfter) = (429, header);
            return Task.CompletedTask;
        });
        using var client = new Network().Client(Allowing(receiver));

        Assert.Equal(seconds, (await AnswerAsync(client, receiver.Origin)).RetryAfter?.TotalSeconds);
    }

    [Fact]
    public async Task Without_connection_name_or_answer_it_failed_with_the_reason()
    {
        await using var mute = await Receiver.StartAsync(http =>
        {
            http.Abort();
            return Task.CompletedTask;
        });
        var network = new Network().Name(Host, Public);
        using var client = network.Client(Allowing(mute) with { AllowedHosts = $"{Host}, unknown.example.com" });

        Assert.Equal($"{Host} cannot be reached: ConnectionRefused.", await FailureAsync(client, $"https://{Host}/"));
        Assert.Equal("The name unknown.example.com cannot be resolved.", await FailureAsync(client, "https://unknown.example.com/"));
        Assert.Equal("The connection to 127.0.0.1 ended without an answer that can be read.", await FailureAsync(client, mute.Origin));
    }

    [Fact]
    public async Task The_callers_time_out_ends_it()
    {
        var asked = new TaskCompletionSource();
        await using var receiver = await Receiver.StartAsync(async http =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });
        using var client = new Network().Client(Allowing(receiver));
        using var patience = new CancellationTokenSource();

        var sending = client.SendAsync(new OutboundRequest(HttpMethod.Get, receiver.Origin), patience.Token);
        await asked.Task;
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await sending);
    }

    [Fact]
    public async Task The_resolver_of_the_system_knows_names()
    {
        var addresses = await new SystemHostResolver().ResolveAsync("localhost", CancellationToken.None);

        Assert.All(addresses, address => Assert.True(IPAddress.IsLoopback(address)));
        Assert.NotEmpty(addresses);
    }

    private static Network Reaching(Receiver receiver) => new Network().Name(Host, Public).Server(Public, receiver);

    private static OutboundOptions Allowing(Receiver receiver) => new() { AllowInternal = $"127.0.0.1:{receiver.Port}" };

    private static async Task<OutboundResult.Answered> AnswerAsync(OutboundClient client, string address) =>
        Assert.IsType<OutboundResult.Answered>(await client.SendAsync(new OutboundRequest(HttpMethod.Post, address, "{}"u8.ToArray()), CancellationToken.None));

    private static async Task<string> FailureAsync(OutboundClient client, string address) =>
        Assert.IsType<OutboundResult.Failed>(await client.SendAsync(new OutboundRequest(HttpMethod.Get, address), CancellationToken.None)).Reason;
}
