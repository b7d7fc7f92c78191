using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using Planning.Engine.Notifications;

namespace Planning.Channels.Email;

/// <summary>Hands mails to one mail server, which takes them further: done means that it has taken the mail, not that somebody has read it.</summary>
public sealed class EmailChannel : IChannel
{
    private readonly EmailOptions options;
    private readonly MailboxAddress from;
    private readonly X509Certificate2Collection? roots;

    /// <exception cref="ArgumentException">The options are out of range or name no mail server; the message says which.</exception>
    public EmailChannel(EmailOptions options)
        : this(options, roots: null)
    {
    }

    /// <param name="roots">What is trusted instead of the machine's authorities.</param>
    internal EmailChannel(EmailOptions options, X509Certificate2Collection? roots)
    {
        if ((options.Problem() ?? (options.IsOn ? null : "Email: Host is empty.")) is { } problem)
            throw new ArgumentException(problem, nameof(options));
        (this.options, this.roots, from) = (options, roots, MailboxAddress.Parse(options.From));
    }

    public ChannelKind Kind => ChannelKind.Email;

    public string? Refuse(string address) => MailAddresses.Refuse(address);

    public async ValueTask<Delivery> SendAsync(ChannelTarget target, Notification notification, CancellationToken cancellation)
    {
        if (Refuse(target.Address) is { } problem)
            return new Delivery.Refused(problem);
        using var mail = Mails.Of(notification, from, target.Address);
        using var smtp = new SmtpClient { CheckCertificateRevocation = false };
        if (roots is not null)
            smtp.ServerCertificateValidationCallback = (_, certificate, _, errors) => Trust.Holds(roots, certificate, errors);
        try
        {
            await smtp.ConnectAsync(options.Host, options.Port, Encryption(options.Security), cancellation);
            if (options.User.Length > 0)
                await smtp.AuthenticateAsync(options.User, options.Password, cancellation);
            await smtp.SendAsync(mail, cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException && Failures.Of(e, options.Host) is { } failure)
        {
            return failure;
        }
        await LeaveAsync(smtp, cancellation);
        return new Delivery.Done();
    }

    /// <summary>The server has the mail, so no failure to say goodbye may send it twice.</summary>
    private static async Task LeaveAsync(SmtpClient smtp, CancellationToken cancellation)
    {
        try
        {
            await smtp.DisconnectAsync(quit: true, cancellation);
        }
        catch (Exception e) when (e is IOException or SocketException or SmtpProtocolException or OperationCanceledException)
        {
            // The connection ends with the client either way.
        }
    }

    private static SecureSocketOptions Encryption(string security) => security switch
    {
        EmailOptions.StartTls => SecureSocketOptions.StartTls,
        EmailOptions.Tls => SecureSocketOptions.SslOnConnect,
        _ => SecureSocketOptions.None,
    };
}
