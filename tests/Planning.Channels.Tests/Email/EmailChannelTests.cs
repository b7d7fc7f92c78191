using System.Text;
using MimeKit;
using Planning.Channels.Email;
using Planning.Channels.Tests.Support;
using Planning.Engine.Notifications;

namespace Planning.Channels.Tests.Email;

/// <summary>Mails over a real connection to a small mail server.</summary>
public sealed class EmailChannelTests
{
    private static readonly string[] Ours =
    [
        "Auto-Submitted", "Content-Transfer-Encoding", "Content-Type", "Date", "From", "MIME-Version", "Message-Id", "Planning-Event-Type", "Subject", "To",
    ];

    [Fact]
    public async Task A_mail_has_subject_text_the_time_of_the_event_and_the_messages_id()
    {
        await using var server = new MailServer();

        Assert.IsType<Delivery.Done>(await SendAsync(Plain(server)));

        var got = Assert.Single(server.Mails);
        var mail = Parsed(got);
        Assert.Equal(("<planning@example.com>", "<ada@example.com>"), (got.From.Split(' ')[0], Assert.Single(got.To)));
        Assert.Equal(("\"Planning\" <planning@example.com>", "ada@example.com"), (mail.From.ToString(), mail.To.ToString()));
        Assert.Equal(("Refresh of uat-2 approved", "msg_01@example.com"), (mail.Subject, mail.MessageId));
        Assert.Equal("Ada approved it.\nIt begins on Monday.", mail.TextBody!.ReplaceLineEndings("\n").TrimEnd());
        Assert.Equal(new DateTimeOffset(2026, 1, 5, 7, 30, 0, TimeSpan.Zero), mail.Date);
        Assert.Equal("auto-generated", mail.Headers[HeaderId.AutoSubmitted]);
    }

    [Theory]
    [InlineData("Hello\r\nBcc: eve@evil.example")]
    [InlineData("Hello\nBcc: eve@evil.example\n\nanother body")]
    [InlineData("Hello\rBcc: eve@evil.example")]
    [InlineData("Hello\u2028Bcc: eve@evil.example")]
    [InlineData("Hello\0\u0085Bcc: eve@evil.example")]
    [InlineData("Grüße\r\n.\r\nMAIL FROM:<eve@evil.example>")]
    public async Task No_text_becomes_a_header_a_receiver_or_a_command(string text)
    {
        await using var server = new MailServer();

        Assert.IsType<Delivery.Done>(await SendAsync(Plain(server), Samples.Notification(text, text, text)));

        var got = Assert.Single(server.Mails);
        var mail = Parsed(got);
        Assert.Equal("<ada@example.com>", Assert.Single(got.To));
        Assert.Empty(mail.Bcc);
        Assert.Empty(mail.Headers.Concat(mail.Body!.Headers).Select(h => h.Field).Except(Ours));
        Assert.DoesNotContain(mail.Subject!, char.IsControl);
        Assert.Single(server.Commands, c => c.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sent_again_it_is_the_same_mail_whatever_its_id_looks_like()
    {
        await using var server = new MailServer();
        var odd = Samples.Notification(id: "tgt 1/<msg>\r\n");

        await SendAsync(Plain(server), odd);
        await SendAsync(Plain(server), odd);

        var ids = server.Mails.Select(m => Parsed(m).MessageId).ToList();
        Assert.Equal(2, ids.Count);
        Assert.Matches("^[0-9a-f]{64}@example\\.com$", Assert.Single(ids.Distinct()));
    }

    [Fact]
    public async Task With_starttls_login_and_mail_are_encrypted()
    {
        using var authority = new Authority();
        await using var server = new MailServer(authority.Certify("localhost"));

        Assert.IsType<Delivery.Done>(await SendAsync(Encrypted(server), authority: authority));

        Assert.True(Assert.Single(server.Mails).Encrypted);
        Assert.Equal($"AUTH PLAIN {Convert.ToBase64String(Encoding.UTF8.GetBytes("\0ada\0secret"))}", Assert.Single(server.Commands, c => c.StartsWith("AUTH", StringComparison.Ordinal)));
        Assert.Equal(["EHLO", "STARTTLS", "EHLO", "AUTH"], server.Commands.Take(4).Select(c => c.Split(' ')[0]));
    }

    [Fact]
    public async Task With_tls_all_is_encrypted()
    {
        using var authority = new Authority();
        await using var server = new MailServer(authority.Certify("localhost"), tlsFromTheStart: true);

        Assert.IsType<Delivery.Done>(await SendAsync(Encrypted(server) with { Security = "tls" }, authority: authority));
        Assert.True(Assert.Single(server.Mails).Encrypted);
    }

    [Fact]
    public async Task A_server_that_does_not_offer_encryption_gets_neither_login_nor_mail()
    {
        await using var server = new MailServer();

        Assert.Contains("does not offer the encryption", Failure(await SendAsync(Encrypted(server))));
        Assert.DoesNotContain(server.Commands, c => c.StartsWith("AUTH", StringComparison.Ordinal) || c.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("localhost", false)]
    [InlineData("other.example.com", true)]
    public async Task A_server_whose_certificate_does_not_hold_gets_neither_login_nor_mail(string name, bool trusted)
    {
        using var authority = new Authority();
        await using var server = new MailServer(authority.Certify(name));

        Assert.Contains("cannot be trusted", Failure(await SendAsync(Encrypted(server), authority: trusted ? authority : null)));
        Assert.Equal(["EHLO", "STARTTLS"], server.Commands.Select(c => c.Split(' ')[0]));
    }

    [Theory]
    [InlineData("RCPT", "550 5.1.1 no such mailbox", true)]
    [InlineData("RCPT", "450 4.2.0 greylisted", false)]
    [InlineData(".", "554 5.7.1 looks like spam", true)]
    [InlineData(".", "452 4.3.1 full", false)]
    [InlineData(".", "", false)]
    [InlineData("MAIL", "550 5.7.1 not you", false)]
    [InlineData("MAIL", "", false)]
    [InlineData("EHLO", "", false)]
    public async Task Only_what_the_server_says_for_good_about_receiver_or_mail_is_a_refusal(string command, string answer, bool refused)
    {
        await using var server = new MailServer(null, false, (command, answer));

        var delivery = await SendAsync(Plain(server));

        Assert.IsType(refused ? typeof(Delivery.Refused) : typeof(Delivery.Failed), delivery);
        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task A_login_that_is_not_taken_loses_no_mail()
    {
        using var authority = new Authority();
        await using var server = new MailServer(authority.Certify("localhost"), false, ("AUTH", "535 5.7.8 wrong password"));

        Assert.Contains("does not take our login", Failure(await SendAsync(Encrypted(server), authority: authority)));
    }

    [Fact]
    public async Task A_server_that_hangs_up_after_taking_the_mail_has_it()
    {
        await using var server = new MailServer(null, false, ("QUIT", ""));

        Assert.IsType<Delivery.Done>(await SendAsync(Plain(server)));
        Assert.Single(server.Mails);
    }

    [Fact]
    public async Task Without_a_server_it_failed()
    {
        var server = new MailServer();
        var options = Plain(server);
        await server.DisposeAsync();

        Assert.Contains("cannot be reached: ConnectionRefused", Failure(await SendAsync(options)));
    }

    [Fact]
    public async Task An_address_that_is_none_is_refused_before_anything_is_sent()
    {
        await using var server = new MailServer();
        var target = Samples.Target(ChannelKind.Email, "ada@example.com>\r\nRCPT TO:<eve@evil.example");

        Assert.IsType<Delivery.Refused>(await new EmailChannel(Plain(server)).SendAsync(target, Samples.Notification(), CancellationToken.None));
        Assert.Empty(server.Commands);
    }

    private static EmailOptions Plain(MailServer server) => new() { Host = "127.0.0.1", Port = server.Port, Security = "none", From = "Planning <planning@example.com>" };

    private static EmailOptions Encrypted(MailServer server) => Plain(server) with { Host = "localhost", Security = "starttls", User = "ada", Password = "secret" };

    private static async Task<Delivery> SendAsync(EmailOptions options, Notification? notification = null, Authority? authority = null) =>
        await new EmailChannel(options, authority?.Roots).SendAsync(Samples.Target(ChannelKind.Email, "ada@example.com"), notification ?? Samples.Notification(), CancellationToken.None);

    private static string Failure(Delivery delivery) => Assert.IsType<Delivery.Failed>(delivery).Reason;

    private static MimeMessage Parsed(ReceivedMail mail) => MimeMessage.Load(new MemoryStream(Encoding.UTF8.GetBytes(mail.Data)));
}
