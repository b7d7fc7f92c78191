using System.Text.Json;
using Planning.Channels.Chat;
using Planning.Channels.Outbound;
using Planning.Channels.Tests.Support;
using Planning.Engine.Notifications;

namespace Planning.Channels.Tests.Chat;

/// <summary>What Teams gets.</summary>
public sealed class TeamsChannelTests
{
    [Fact]
    public async Task A_message_is_an_adaptive_card_with_a_line_for_each_line()
    {
        await using var receiver = await Receiver.AnsweringAsync(202);

        Assert.IsType<Delivery.Done>(await SendAsync(receiver));

        var message = JsonDocument.Parse(Assert.Single(receiver.Requests).Body).RootElement;
        var attachment = Assert.Single(message.GetProperty("attachments").EnumerateArray());
        Assert.Equal(("message", "application/vnd.microsoft.card.adaptive"), (message.GetProperty("type").GetString(), attachment.GetProperty("contentType").GetString()));
        Assert.Equal(("AdaptiveCard", "1.4"), (attachment.GetProperty("content").GetProperty("type").GetString(), attachment.GetProperty("content").GetProperty("version").GetString()));
        Assert.Equal(
            ["Refresh of uat-2 approved", "Ada approved it.", "It begins on Monday.", "REFRESH_APPROVED · 2026-01-05 07:30 UTC · msg_01"],
            Lines(message));
    }

    [Fact]
    public void Texts_of_users_stand_where_markdown_means_nothing()
    {
        var message = JsonDocument.Parse(TeamsChannel.Payload(Samples.Notification("[good](https://evil.example)", "**a** <at>all</at>"))).RootElement;

        var blocks = message.GetProperty("attachments")[0].GetProperty("content").GetProperty("body").EnumerateArray().ToList();
        Assert.All(blocks, block => Assert.Equal("RichTextBlock", block.GetProperty("type").GetString()));
        Assert.All(blocks, block => Assert.Equal("TextRun", block.GetProperty("inlines")[0].GetProperty("type").GetString()));
        Assert.Equal("[good](https://evil.example)", Lines(message)[0]);
    }

    [Theory]
    [InlineData("a"), InlineData("😀"), InlineData("a\n"), InlineData("\u0001")]
    public void Long_texts_are_cut_to_what_Teams_takes(string unit)
    {
        var payload = TeamsChannel.Payload(Samples.Notification(string.Concat(Enumerable.Repeat(unit, 9_000)), string.Concat(Enumerable.Repeat(unit, 9_000))));

        Assert.InRange(payload.Length, 1, 28 * 1024);
    }

    [Fact]
    public async Task An_older_webhook_that_says_in_its_body_that_it_failed_has_failed()
    {
        await using var receiver = await Receiver.AnsweringAsync(200, "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429 with ContextId …");

        Assert.IsType<Delivery.Failed>(await SendAsync(receiver));
    }

    private static string[] Lines(JsonElement message) =>
    [
        .. message.GetProperty("attachments")[0].GetProperty("content").GetProperty("body").EnumerateArray()
            .Select(block => block.GetProperty("inlines")[0].GetProperty("text").GetString()!),
    ];

    private static async Task<Delivery> SendAsync(Receiver receiver)
    {
        using var client = new Network().Client(new OutboundOptions { AllowInternal = $"127.0.0.1:{receiver.Port}" });
        return await new TeamsChannel(client).SendAsync(Samples.Target(ChannelKind.Teams, receiver.Origin + "/workflows/x"), Samples.Notification(), CancellationToken.None);
    }
}
