using MimeKit;

namespace Planning.Channels.Email;

/// <summary>The mail server that takes what goes out by mail.</summary>
public sealed record EmailOptions
{
    internal const string StartTls = "starttls";
    internal const string Tls = "tls";
    internal const string None = "none";

    /// <summary>Name of the mail server. Empty, the default, sends no mail, and no mail address can be a target.</summary>
    public string Host { get; init; } = "";

    /// <summary>Its port: 587 for <c>starttls</c>, mostly 465 for <c>tls</c> and 25 for <c>none</c>. Default 587.</summary>
    public int Port { get; init; } = 587;

    /// <summary><c>starttls</c> begins in plain text and goes no further without encryption, <c>tls</c> is encrypted from the start, <c>none</c> sends in plain text. Default starttls.</summary>
    public string Security { get; init; } = StartTls;

    /// <summary>Who logs in; empty, the default, logs nobody in.</summary>
    public string User { get; init; } = "";

    /// <summary>With <see cref="User"/>. Never sent over an unencrypted connection. Empty by default.</summary>
    public string Password { get; init; } = "";

    /// <summary>Who the mails are from, such as <c>Planning &lt;planning@example.com&gt;</c>. Required where a mail server is set.</summary>
    public string From { get; init; } = "";

    /// <summary>Whether mail is sent at all.</summary>
    public bool IsOn => Host.Length > 0;

    /// <summary>Null when every value is in range, else which is not.</summary>
    public string? Problem() =>
        !IsOn ? null
        : Host.Length > 253 || Uri.CheckHostName(Host) == UriHostNameType.Unknown ? $"Email: {nameof(Host)} '{Host}' is no host name."
        : Port is < 1 or > ushort.MaxValue ? $"Email: {nameof(Port)} is {Port}; it must be 1 to {ushort.MaxValue}."
        : Security is not (StartTls or Tls or None) ? $"Email: {nameof(Security)} is '{Security}'; it is {StartTls}, {Tls} or {None}."
        : User.Length == 0 != (Password.Length == 0) ? $"Email: {nameof(User)} and {nameof(Password)} go together."
        : User.Length > 0 && Security == None ? $"Email: {nameof(Password)} would be sent in plain text. Set {nameof(Security)} to {StartTls} or {Tls}."
        : !MailboxAddress.TryParse(From, out var from) || MailAddresses.Refuse(from.Address) is not null ? $"Email: {nameof(From)} '{From}' is no mail address. Write it like Planning <planning@example.com>."
        : null;
}
