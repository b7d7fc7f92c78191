using Planning.Channels.Outbound;
using Planning.Channels.Tests.Support;
using Planning.Channels.Webhooks;
using Planning.Client;
using Planning.Engine.Notifications;

namespace Planning.Channels.Tests.Webhooks;

/// <summary>What a program of the users' own gets, checked with what the SDK gives it.</summary>
public sealed class WebhookChannelTests
{
    private readonly Network network = new();

    [Fact]
    public async Task A_receiver_gets_the_payload_and_a_signature_that_the_sdk_verifies()
    {
        await using var receiver = await Receiver.AnsweringAsync(202);

        Assert.IsType<Delivery.Done>(await SendAsync(receiver));

        var got = Assert.Single(receiver.Requests);
        Assert.Equal(Samples.Notification().Payload.ToArray(), got.Body);
        Assert.Equal(("POST", "application/json", "msg_01", "REFRESH_APPROVED"), (got.Method, got.Headers["Content-Type"], got.Headers[WebhookSignature.MessageIdHeader], got.Headers["Planning-Event-Type"]));
        Assert.True(WebhookSignature.Verify(Samples.Secret, got.Headers[WebhookSignature.Header], got.Body, network.Time.GetUtcNow()));
    }

    [Fact]
    public async Task What_was_changed_on_the_way_or_is_sent_again_later_is_not_verified()
    {
        await using var receiver = await Receiver.AnsweringAsync(200);
        await SendAsync(receiver);
        var (header, body) = (receiver.Requests[0].Headers[WebhookSignature.Header], receiver.Requests[0].Body);
        var now = network.Time.GetUtcNow();

        for (var i = 0; i < body.Length; i++)
        {
            var changed = body.ToArray();
            changed[i] ^= 1;
            Assert.False(WebhookSignature.Verify(Samples.Secret, header, changed, now));
        }
        Assert.False(WebhookSignature.Verify("whsec_another", header, body, now));
        Assert.True(WebhookSignature.Verify(Samples.Secret, header, body, now + TimeSpan.FromMinutes(5)));
        Assert.False(WebhookSignature.Verify(Samples.Secret, header, body, now + TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task Each_try_is_signed_anew_and_keeps_its_message_id()
    {
        await using var receiver = await Receiver.AnsweringAsync(503);
        await SendAsync(receiver);
        network.Time.Advance(TimeSpan.FromHours(1));
        await SendAsync(receiver);

        Assert.Equal(["msg_01", "msg_01"], receiver.Requests.Select(r => r.Headers[WebhookSignature.MessageIdHeader]));
        Assert.False(WebhookSignature.Verify(Samples.Secret, receiver.Requests[0].Headers[WebhookSignature.Header], receiver.Requests[0].Body, network.Time.GetUtcNow()));
        Assert.True(WebhookSignature.Verify(Samples.Secret, receiver.Requests[1].Headers[WebhookSignature.Header], receiver.Requests[1].Body, network.Time.GetUtcNow()));
    }

    [Fact]
    public async Task While_a_secret_is_changed_receivers_with_the_old_and_with_the_new_one_verify()
    {
        await using var receiver = await Receiver.AnsweringAsync(200);
        await SendAsync(receiver, "whsec_new whsec_old");
        var (header, body, now) = (receiver.Requests[0].Headers[WebhookSignature.Header], receiver.Requests[0].Body, network.Time.GetUtcNow());

        Assert.True(WebhookSignature.Verify("whsec_new", header, body, now));
        Assert.True(WebhookSignature.Verify("whsec_old", header, body, now));
        Assert.False(WebhookSignature.Verify("whsec_new whsec_old", header, body, now));
    }

    [Theory]
    [InlineData(null), InlineData(""), InlineData(" ")]
    public async Task Nothing_is_sent_without_a_signature(string? secret)
    {
        await using var receiver = await Receiver.AnsweringAsync(200);

        Assert.Contains("no secret", Assert.IsType<Delivery.Refused>(await SendAsync(receiver, secret)).Reason);
        Assert.Empty(receiver.Requests);
    }

    [Theory]
    [InlineData(200, typeof(Delivery.Done))]
    [InlineData(204, typeof(Delivery.Done))]
    [InlineData(304, typeof(Delivery.Refused))]
    [InlineData(400, typeof(Delivery.Refused))]
    [InlineData(401, typeof(Delivery.Refused))]
    [InlineData(404, typeof(Delivery.Refused))]
    [InlineData(408, typeof(Delivery.Failed))]
    [InlineData(410, typeof(Delivery.Refused))]
    [InlineData(425, typeof(Delivery.Failed))]
    [InlineData(429, typeof(Delivery.Failed))]
    [InlineData(500, typeof(Delivery.Failed))]
    [InlineData(503, typeof(Delivery.Failed))]
    public async Task What_the_receiver_answers_decides_what_becomes_of_the_message(int status, Type delivery)
    {
        await using var receiver = await Receiver.AnsweringAsync(status);

        Assert.IsType(delivery, await SendAsync(receiver));
    }

    [Fact]
    public async Task How_long_the_receiver_asks_to_wait_is_told_and_what_its_body_says_is_not()
    {
        await using var receiver = await Receiver.StartAsync(async http =>
        {
            (http.Response.StatusCode, http.Response.Headers.RetryAfter) = (503, "90");
            await http.Response.Body.WriteAsync("a secret of the receiver"u8.ToArray());
        });

        Assert.Equal(new Delivery.Failed("The receiver answered 503.", TimeSpan.FromSeconds(90)), await SendAsync(receiver));
    }

    [Fact]
    public async Task An_address_that_may_not_be_sent_to_is_refused_for_good_before_and_when_it_is_sent()
    {
        using var client = network.Client(new OutboundOptions());
        var channel = new WebhookChannel(client, network.Time);

        Assert.Contains("a metadata address", channel.Refuse("https://169.254.169.254/latest"));
        Assert.Null(channel.Refuse("https://hooks.slack.com/services/x"));
        var sent = await channel.SendAsync(Samples.Target(ChannelKind.Webhook, "https://169.254.169.254/latest", Samples.Secret), Samples.Notification(), CancellationToken.None);
        Assert.Contains("a metadata address", Assert.IsType<Delivery.Refused>(sent).Reason);
        Assert.Empty(network.Connections);
    }

    private async Task<Delivery> SendAsync(Receiver receiver, string? secret = Samples.Secret)
    {
        using var client = network.Client(new OutboundOptions { AllowInternal = $"127.0.0.1:{receiver.Port}" });
        return await new WebhookChannel(client, network.Time)
            .SendAsync(Samples.Target(ChannelKind.Webhook, receiver.Origin + "/hook", secret), Samples.Notification(), CancellationToken.None);
    }
}
