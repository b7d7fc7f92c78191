using Planning.Channels.Email;
using Planning.Channels.Outbound;
using Planning.Channels.Tests.Support;
using Planning.Engine.Notifications;

namespace Planning.Channels.Tests.Email;

/// <summary>What can be set, and which addresses are taken.</summary>
public sealed class EmailOptionsTests
{
    private static readonly EmailOptions Good = new() { Host = "mail.example.com", From = "Planning <planning@example.com>" };

    public static TheoryData<string, EmailOptions> Wrong => new()
    {
        { "Email: Host 'mail server' is no host name.", Good with { Host = "mail server" } },
        { "Email: Port is 0; it must be 1 to 65535.", Good with { Port = 0 } },
        { "Email: Security is 'ssl'; it is starttls, tls or none.", Good with { Security = "ssl" } },
        { "Email: User and Password go together.", Good with { User = "ada" } },
        { "Email: Password would be sent in plain text. Set Security to starttls or tls.", Good with { User = "ada", Password = "secret", Security = "none" } },
        { "Email: From '' is no mail address. Write it like Planning <planning@example.com>.", Good with { From = "" } },
        { "Email: From 'Planning' is no mail address. Write it like Planning <planning@example.com>.", Good with { From = "Planning" } },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void An_option_that_cannot_work_is_named(string problem, EmailOptions options)
    {
        Assert.Equal(problem, options.Problem());
        Assert.Equal($"Channels: {problem}", new ChannelOptions { Email = options }.Problem());
        Assert.Throws<ArgumentException>(() => new EmailChannel(options));
    }

    [Fact]
    public void Without_a_mail_server_there_is_no_channel_for_mail()
    {
        using var none = new NotificationChannels(new ChannelOptions(), TimeProvider.System);
        using var all = new NotificationChannels(new ChannelOptions { Email = Good }, TimeProvider.System, new Network());

        Assert.Equal([ChannelKind.Slack, ChannelKind.Teams, ChannelKind.Webhook], none.All.Select(c => c.Kind));
        Assert.Equal([ChannelKind.Slack, ChannelKind.Teams, ChannelKind.Webhook, ChannelKind.Email], all.All.Select(c => c.Kind));
        Assert.Throws<ArgumentException>(() => new NotificationChannels(new ChannelOptions { Outbound = new OutboundOptions { MaxRedirects = -1 } }, TimeProvider.System));
    }

    [Theory]
    [InlineData("ada@example.com")]
    [InlineData("ada.b+planning@mail.example.com")]
    [InlineData("o'hara@xn--bcher-kva.example")]
    public void It_is_a_mail_address(string address) => Assert.Null(new EmailChannel(Good).Refuse(address));

    [Theory]
    [InlineData("")]
    [InlineData("ada")]
    [InlineData("@example.com")]
    [InlineData("ada@")]
    [InlineData("ada@localhost")]
    [InlineData("ada@example..com")]
    [InlineData("ada@-example.com")]
    [InlineData(".ada@example.com")]
    [InlineData("ada@example.com.")]
    [InlineData("ada@eve@example.com")]
    [InlineData("Ada <ada@example.com>")]
    [InlineData("ada@example.com, eve@example.com")]
    [InlineData("ada@example.com\r\nBcc: eve@example.com")]
    [InlineData("ada@[10.0.0.1]")]
    [InlineData("\"ada lovelace\"@example.com")]
    [InlineData("ädä@example.com")]
    [InlineData("-oQ/tmp ada@example.com")]
    public void It_is_none(string address) => Assert.NotNull(new EmailChannel(Good).Refuse(address));
}
