using System.Net.Http.Headers;

namespace Planning.Channels.Outbound;

/// <summary>One request to an address that a user has given.</summary>
/// <param name="Address">As the user wrote it.</param>
/// <param name="Body">Sent with <paramref name="ContentType"/>; null for none.</param>
/// <param name="Headers">For this receiver only: another one, to which it may redirect, does not get them.</param>
/// <param name="WantsBody">Whether the answer's body is of interest; else it is not waited for.</param>
public sealed record OutboundRequest(
    HttpMethod Method,
    string Address,
    ReadOnlyMemory<byte>? Body = null,
    string ContentType = "application/json",
    IReadOnlyList<(string Name, string Value)>? Headers = null,
    bool WantsBody = false)
{
    /// <summary>Whether it has no effect at the receiver, and nothing to tell to another one.</summary>
    internal bool IsRead => Method == HttpMethod.Get || Method == HttpMethod.Head;

    /// <param name="whole">Else without headers and body: for another receiver.</param>
    internal HttpRequestMessage To(Uri uri, bool whole)
    {
        var message = new HttpRequestMessage(Method, uri);
        message.Headers.UserAgent.Add(new ProductInfoHeaderValue("Planning-Notifications", "1"));
        if (!whole)
            return message;
        if (Body is { } body)
        {
            message.Content = new ReadOnlyMemoryContent(body);
            message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(ContentType);
        }
        foreach (var (name, value) in Headers ?? [])
            message.Headers.Add(name, value);
        return message;
    }
}

/// <summary>What came of a request.</summary>
public abstract record OutboundResult
{
    private OutboundResult() { }

    /// <summary>The receiver answered, well or not.</summary>
    /// <param name="RetryAfter">How long it asks to be left alone; never negative, at most an hour.</param>
    /// <param name="Body">As text, when it was asked for; cut off at the limit.</param>
    public sealed record Answered(int Status, TimeSpan? RetryAfter, string Body) : OutboundResult;

    /// <summary>Nothing may be sent there: the address, what its name resolves to, or a redirect is against the rules.</summary>
    public sealed record Refused(string Reason) : OutboundResult;

    /// <summary>No connection, or no answer on it.</summary>
    public sealed record Failed(string Reason) : OutboundResult;
}
