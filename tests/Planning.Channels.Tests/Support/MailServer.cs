using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Planning.Channels.Tests.Support;

/// <summary>One mail as it arrived.</summary>
/// <param name="Encrypted">Whether it came over TLS.</param>
internal sealed record ReceivedMail(string From, IReadOnlyList<string> To, string Data, bool Encrypted);

/// <summary>A small mail server on a port of this machine. What it answers to a command other than well is said by the test.</summary>
internal sealed class MailServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly X509Certificate2? certificate;
    private readonly IReadOnlyDictionary<string, string> answers;
    private readonly bool tlsFromTheStart;
    private readonly Task serving;

    /// <param name="answers">By the first word of a command; <c>.</c> is the end of the data, and an empty answer cuts the connection.</param>
    public MailServer(X509Certificate2? certificate = null, bool tlsFromTheStart = false, params (string Command, string Answer)[] answers)
    {
        (this.certificate, this.tlsFromTheStart) = (certificate, tlsFromTheStart);
        this.answers = answers.ToDictionary(a => a.Command, a => a.Answer);
        listener.Start();
        serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public ConcurrentQueue<ReceivedMail> Mails { get; } = new();

    /// <summary>Every command line, but for the data.</summary>
    public ConcurrentQueue<string> Commands { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await serving;
        listener.Dispose();
        stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var socket = await listener.AcceptTcpClientAsync(stop.Token);
                await TalkAsync(socket.GetStream());
            }
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    /// <summary>One connection; it ends with QUIT, or when the other side or the test wants it so.</summary>
    private async Task TalkAsync(Stream stream)
    {
        try
        {
            var encrypted = tlsFromTheStart;
            stream = tlsFromTheStart ? await EncryptAsync(stream) : stream;
            var (from, to) = ("", new List<string>());
            await SayAsync(stream, "220 a test's server");
            while (await ReadLineAsync(stream) is { } line)
            {
                Commands.Enqueue(line);
                var command = line.Split(' ', ':')[0].ToUpperInvariant();
                if (answers.TryGetValue(command, out var answer))
                {
                    if (answer.Length == 0)
                        return;
                    await SayAsync(stream, answer);
                    continue;
                }
                switch (command)
                {
                    case "EHLO":
                        await SayAsync(stream, certificate is not null && !encrypted ? "250-test\r\n250 STARTTLS" : "250-test\r\n250 AUTH PLAIN");
                        break;
                    case "STARTTLS":
                        await SayAsync(stream, "220 go ahead");
                        (stream, encrypted) = (await EncryptAsync(stream), true);
                        break;
                    case "AUTH":
                        await SayAsync(stream, "235 welcome");
                        break;
                    case "MAIL":
                        (from, to) = (line["MAIL FROM:".Length..], []);
                        await SayAsync(stream, "250 well");
                        break;
                    case "RCPT":
                        to.Add(line["RCPT TO:".Length..]);
                        await SayAsync(stream, "250 well");
                        break;
                    case "DATA":
                        await SayAsync(stream, "354 go on");
                        var data = new StringBuilder();
                        while (await ReadLineAsync(stream) is { } text && text != ".")
                            data.Append(text.StartsWith("..", StringComparison.Ordinal) ? text[1..] : text).Append('\n');
                        if (answers.TryGetValue(".", out answer) && answer.Length == 0)
                            return;
                        if (answer is null)
                            Mails.Enqueue(new ReceivedMail(from, to, data.ToString(), encrypted));
                        await SayAsync(stream, answer ?? "250 taken");
                        break;
                    case "QUIT":
                        await SayAsync(stream, "221 bye");
                        return;
                    default:
                        await SayAsync(stream, "500 unknown");
                        break;
                }
            }
        }
        catch (Exception cut) when (cut is IOException or System.Security.Authentication.AuthenticationException)
        {
            // The other side has left, or does not trust the certificate.
        }
    }

    private async Task<Stream> EncryptAsync(Stream stream)
    {
        var tls = new SslStream(stream);
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, stop.Token);
        return tls;
    }

    private async Task SayAsync(Stream stream, string text) => await stream.WriteAsync(Encoding.ASCII.GetBytes(text + "\r\n"), stop.Token);

    /// <summary>Byte by byte, so that nothing behind the line is read before TLS begins.</summary>
    private async Task<string?> ReadLineAsync(Stream stream)
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (await stream.ReadAsync(one, stop.Token) == 1)
        {
            if (one[0] == (byte)'\n')
                return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
            line.Add(one[0]);
        }
        return null;
    }
}
