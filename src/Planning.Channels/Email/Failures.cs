using System.Net.Sockets;
using MailKit.Net.Smtp;
using MailKit.Security;
using Planning.Engine.Notifications;

namespace Planning.Channels.Email;

/// <summary>
/// What a failed sending means. Only what the server says for good about this mail or its receiver is a refusal; what is wrong with the
/// server, the connection or our login is put right some time, and the mail waits for it.
/// </summary>
internal static class Failures
{
    private const int Permanent = 500;

    /// <summary>Null for what is no failure of sending, but a bug.</summary>
    public static Delivery? Of(Exception e, string host) => e switch
    {
        SmtpCommandException { ErrorCode: SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted } refused when (int)refused.StatusCode >= Permanent =>
            new Delivery.Refused($"The mail server {host} refuses it for good: {(int)refused.StatusCode}."),
        SmtpCommandException command => new Delivery.Failed($"The mail server {host} does not take it now: {(int)command.StatusCode}."),
        AuthenticationException => new Delivery.Failed($"The mail server {host} does not take our login."),
        SslHandshakeException => new Delivery.Failed($"The mail server {host} cannot be trusted: its certificate is not valid, not for this name, or of an unknown authority."),
        NotSupportedException => new Delivery.Failed($"The mail server {host} does not offer the encryption or the login that the settings ask for."),
        SocketException socket => new Delivery.Failed($"The mail server {host} cannot be reached: {socket.SocketErrorCode}."),
        SmtpProtocolException or IOException => new Delivery.Failed($"The connection to the mail server {host} was cut."),
        TimeoutException => new Delivery.Failed($"The mail server {host} does not answer in time."),
        _ => null,
    };
}
