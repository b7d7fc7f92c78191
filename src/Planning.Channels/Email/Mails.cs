using System.Security.Cryptography;
using System.Text;
using MimeKit;
using MimeKit.Text;
using Planning.Engine.Notifications;

namespace Planning.Channels.Email;

/// <summary>Makes a mail of a notification. Every text of users becomes one header's value or the body, never a header of its own.</summary>
internal static class Mails
{
    private const int MaxSubject = 250;
    private const int MaxIdLength = 100;

    public static MimeMessage Of(Notification notification, MailboxAddress from, string to)
    {
        var mail = new MimeMessage
        {
            Subject = OneLine(notification.Subject),
            // The time of the event, so that a mail that is sent again is the same mail.
            Date = notification.OccurredAt,
            MessageId = $"{LocalId(notification.MessageId)}@{from.Domain}",
            Body = new TextPart(TextFormat.Plain) { Text = notification.Text.ReplaceLineEndings("\n") },
        };
        mail.From.Add(from);
        mail.To.Add(new MailboxAddress("", to));
        // RFC 3834: no out-of-office note answers a machine.
        mail.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        mail.Headers.Add("Planning-Event-Type", OneLine(notification.EventType));
        return mail;
    }

    private static string OneLine(string text)
    {
        var line = string.Concat(text.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c)).Trim();
        return line.Length > MaxSubject ? Chat.ChatText.Cut(line, MaxSubject) : line;
    }

    /// <summary>The id itself where a mail's id can hold it, else its hash, which is as stable.</summary>
    private static string LocalId(string id) =>
        id.Length is > 0 and <= MaxIdLength && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-')
            ? id
            : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)));
}
