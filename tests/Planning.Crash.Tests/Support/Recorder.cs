using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Planning.Contracts;
using Planning.History;

namespace Planning.Crash.Tests.Support;

/// <summary>
/// Sends every request to wherever the server is by now, and notes what its client is told of each command. It sits below
/// the SDK and below the raw load alike, so nobody can forget to note something.
/// </summary>
internal sealed class Recorder(Availability server) : DelegatingHandler(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(5) })
{
    private readonly ConcurrentDictionary<string, ClientCommand> commands = new();
    private int answered;

    public IReadOnlyCollection<ClientCommand> Commands => [.. commands.Values];

    /// <summary>Commands that were answered, refusals included, up to now.</summary>
    public int Answered => Volatile.Read(ref answered);

    /// <summary>Two answers to one command that cannot both be true.</summary>
    public ConcurrentQueue<string> Contradictions { get; } = new();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var url = await server.UrlAsync(cancellationToken);
        request.RequestUri = new Uri(url, request.RequestUri!.PathAndQuery);
        if (!request.Headers.TryGetValues(PlanningHeaders.IdempotencyKey, out var keys))
            return await base.SendAsync(request, cancellationToken);

        var key = keys.Single();
        var whole = request.Method == HttpMethod.Patch ? 1 : (int?)null;
        commands.TryAdd(key, new ClientCommand(key, EntityOf(request.RequestUri), new Verdict.Unknown(), whole));
        var answer = await base.SendAsync(request, cancellationToken);
        if (VerdictOf(request, answer) is { } verdict)
            Note(key, verdict);
        else if (answer.IsSuccessStatusCode)
            commands.TryRemove(key, out _);
        return answer;
    }

    /// <summary>Null where the answer decides nothing, or where there is no position: that was no command on an entity.</summary>
    private static Verdict? VerdictOf(HttpRequestMessage request, HttpResponseMessage answer)
    {
        if ((int)answer.StatusCode >= 500 || answer.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout)
            return null;
        if (!answer.IsSuccessStatusCode)
            return new Verdict.Refused(((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture));
        if (!answer.Headers.TryGetValues(PlanningHeaders.Position, out var position))
            return null;
        // Who waits for a gate is told where its outcome lies, which is an event of another command.
        return new Verdict.Acknowledged(request.Headers.Contains("Prefer") ? null : new Place(
            long.Parse(answer.Headers.ETag!.Tag.Trim('"'), CultureInfo.InvariantCulture), long.Parse(position.Single(), CultureInfo.InvariantCulture)));
    }

    private void Note(string key, Verdict verdict)
    {
        Interlocked.Increment(ref answered);
        commands.AddOrUpdate(
            key,
            _ => new ClientCommand(key, null, verdict),
            (_, before) =>
            {
                if (before.Verdict is Verdict.Unknown || before.Verdict == verdict)
                    return before with { Verdict = verdict };
                // Asked again while a gate ran, the second answer may tell of its outcome.
                if (before.Verdict is not Verdict.Acknowledged || verdict is not Verdict.Acknowledged { Place: null })
                    Contradictions.Enqueue($"{key}: first {before.Verdict}, then {verdict}");
                return before;
            });
    }

    /// <summary>The plan that a command is sent to, where its address says so.</summary>
    private static string? EntityOf(Uri address) =>
        address.AbsolutePath.Split('/') is ["", "v1", "plans", var plan, ..] ? $"default/Plan/{plan}" : null;
}
