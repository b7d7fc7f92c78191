using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace Planning.Channels.Outbound;

/// <summary>Turns what came back into a result.</summary>
internal static class Answers
{
    /// <summary>No receiver silences its messages for longer by asking for it.</summary>
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromHours(1);

    public static async ValueTask<OutboundResult> ReadAsync(HttpResponseMessage response, int maxBytes, TimeProvider time, CancellationToken cancellation)
    {
        var body = maxBytes > 0 ? await BodyAsync(response, maxBytes, cancellation) : "";
        return new OutboundResult.Answered((int)response.StatusCode, RetryAfter(response, time.GetUtcNow()), body);
    }

    public static OutboundResult Of(Exception e, string host)
    {
        for (var cause = e; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case UnsafeAddressException:
                    return new OutboundResult.Refused(cause.Message);
                case AuthenticationException:
                    return new OutboundResult.Failed($"{host} cannot be trusted: its certificate is not valid, not for this name, or of an unknown authority.");
                case SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain }:
                    return new OutboundResult.Failed($"The name {host} cannot be resolved.");
                case SocketException { SocketErrorCode: not (SocketError.ConnectionReset or SocketError.ConnectionAborted) } socket:
                    return new OutboundResult.Failed($"{host} cannot be reached: {socket.SocketErrorCode}.");
            }
        }
        return new OutboundResult.Failed($"The connection to {host} ended without an answer that can be read.");
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage response, DateTimeOffset now)
    {
        var after = response.Headers.RetryAfter is { } header ? header.Delta ?? header.Date - now : null;
        return after is not { } asked ? null : asked < TimeSpan.Zero ? TimeSpan.Zero : asked > LongestRetryAfter ? LongestRetryAfter : asked;
    }

    private static async ValueTask<string> BodyAsync(HttpResponseMessage response, int maxBytes, CancellationToken cancellation)
    {
        var stream = await response.Content.ReadAsStreamAsync(cancellation);
        var bytes = new byte[Math.Min(maxBytes, response.Content.Headers.ContentLength ?? maxBytes)];
        var read = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellation);
        return Encoding.UTF8.GetString(bytes, 0, read);
    }
}
