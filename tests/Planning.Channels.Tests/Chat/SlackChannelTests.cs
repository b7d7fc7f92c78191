using System.Text.Json;
using Planning.Channels.Chat;
using Planning.Channels.Outbound;
using Planning.Channels.Tests.Support;
using Planning.Engine.Notifications;

namespace Planning.Channels.Tests.Chat;

/// <summary>What Slack gets.</summary>
public sealed class SlackChannelTests
{
    [Fact]
    public async Task A_message_has_subject_text_and_where_it_comes_from()
    {
        await using var receiver = await Receiver.AnsweringAsync(200, "ok");

        Assert.IsType<Delivery.Done>(await SendAsync(receiver));

        var blocks = Blocks(Assert.Single(receiver.Requests).Body);
        Assert.Equal("*Refresh of uat-2 approved*", blocks[0]);
        Assert.Equal("Ada approved it.\nIt begins on Monday.", blocks[1]);
        Assert.Equal("REFRESH_APPROVED · 2026-01-05 07:30 UTC · msg_01", blocks[2]);
    }

    [Fact]
    public void Texts_of_users_mention_nobody_and_hide_no_address()
    {
        var payload = SlackChannel.Payload(Samples.Notification("<!channel> & <@U1>", "<https://evil.example|https://good.example>"));

        var blocks = Blocks(payload);
        Assert.Equal("*&lt;!channel&gt; &amp; &lt;@U1&gt;*", blocks[0]);
        Assert.Equal("&lt;https://evil.example|https://good.example&gt;", blocks[1]);
        Assert.DoesNotContain('<', JsonDocument.Parse(payload).RootElement.GetProperty("text").GetString()!);
    }

    [Theory]
    [InlineData("a"), InlineData("&"), InlineData("😀")]
    public void Long_texts_are_cut_to_what_Slack_takes(string unit)
    {
        var blocks = Blocks(SlackChannel.Payload(Samples.Notification(string.Concat(Enumerable.Repeat(unit, 9_000)), string.Concat(Enumerable.Repeat(unit, 9_000)))));

        Assert.All(blocks, block => Assert.InRange(block.Length, 1, 3_000));
        Assert.EndsWith("…", blocks[1]);
        Assert.DoesNotContain('\ufffd', blocks[1]);
    }

    [Fact]
    public void A_message_without_text_is_still_one() => Assert.Equal("–", Blocks(SlackChannel.Payload(Samples.Notification(text: "")))[1]);

    [Theory]
    [InlineData(404, "channel_not_found", "The receiver answered 404 channel_not_found.")]
    [InlineData(400, "<html>anything</html>", "The receiver answered 400.")]
    public async Task Its_error_code_is_told_and_no_other_text(int status, string body, string reason)
    {
        await using var receiver = await Receiver.AnsweringAsync(status, body);

        Assert.Equal(new Delivery.Refused(reason), await SendAsync(receiver));
    }

    private static string[] Blocks(byte[] payload) =>
    [
        .. JsonDocument.Parse(payload).RootElement.GetProperty("blocks").EnumerateArray()
            .Select(block => block.TryGetProperty("text", out var text) ? text : block.GetProperty("elements")[0])
            .Select(text => text.GetProperty("text").GetString()!),
    ];

    private static async Task<Delivery> SendAsync(Receiver receiver)
    {
        using var client = new Network().Client(new OutboundOptions { AllowInternal = $"127.0.0.1:{receiver.Port}" });
        return await new SlackChannel(client).SendAsync(Samples.Target(ChannelKind.Slack, receiver.Origin + "/services/x"), Samples.Notification(), CancellationToken.None);
    }
}
