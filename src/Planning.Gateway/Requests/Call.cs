using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Planning.Contracts;
using Planning.Domain;
using Planning.Engine.Entities;
using Planning.Engine.Reads;
using Planning.Gateway.Audit;
using Planning.Gateway.Commands;
using Planning.Gateway.Errors;
using Planning.Gateway.Identity;

namespace Planning.Gateway.Requests;

/// <summary>One request of a known caller: what every route needs of it.</summary>
internal sealed class Call(HttpContext http, Caller caller, GatewayParts parts)
{
    public HttpContext Http => http;
    public GatewayParts Parts => parts;
    public Caller Caller => caller;

    /// <summary>Where a handler says what exactly is asked for, when the body decides it.</summary>
    public RequestAudit Audit => RequestAudit.Of(http);

    public WorkspaceId Workspace => caller.Workspace;
    public Actor Actor => caller.Actor;
    public CancellationToken Cancellation => http.RequestAborted;
    public int Partition => parts.Log.PartitionOf(caller.Workspace);

    /// <summary>Set once the body has been read.</summary>
    public CommandKey Key { get; private set; }

    private long? ifVersion;

    public static Call Of(HttpContext http) =>
        http.Features.Get<Call>() ?? throw new UnreachableException($"{http.Request.Path} has no Demand, so nobody knows its caller.");

    /// <summary>Reads the JSON body of a command, its key and its preconditions; then does the work, or answers what is wrong.</summary>
    public async Task<IResult> WithBodyAsync<T>(JsonTypeInfo<T> type, Func<Call, T, Task<IResult>> work) where T : class
    {
        if (!JsonBody.IsJson(http.Request.ContentType))
            return Problems.UnsupportedType();
        if (await JsonBody.BufferAsync(http, parts.Options.MaxJsonBodyBytes) is not { } body)
            return Problems.TooLarge("max_json_body_bytes", parts.Options.MaxJsonBodyBytes);
        var (value, problem) = Read(body, type);
        http.Request.BodyReader.AdvanceTo(body.End);
        return problem ?? await work(this, value!);
    }

    /// <summary>For commands whose body is not JSON, or empty.</summary>
    /// <param name="bytes">What the key's hash covers.</param>
    public async Task<IResult> WithBytesAsync(ReadOnlyMemory<byte> bytes, Func<Call, Task<IResult>> work) =>
        ReadKey(bytes.Span) ?? await work(this);

    /// <summary>Sends one command to one entity and answers with what its state has become.</summary>
    public async Task<IResult> SendAsync(EntityKey entity, object command, Func<Answer.Accepted, IResult> answered) =>
        await CommandAsync(entity, command) switch
        {
            Answer.Accepted accepted => Answered(accepted, answered),
            Answer.Rejected rejected => Problems.Of(rejected.Rejection, rejected.Version),
            _ => throw new UnreachableException(),
        };

    public async ValueTask<Answer> CommandAsync(EntityKey entity, object command)
    {
        using var activity = PlanningActivities.Command(entity, command);
        return await parts.Host.SendAsync(
            new CommandRequest(entity, command, caller.Actor, Key.Id, Key.Hash, ifVersion, Activity.Current?.Id), http.RequestAborted);
    }

    public IResult Answered(Answer.Accepted accepted, Func<Answer.Accepted, IResult> answered)
    {
        var headers = http.Response.Headers;
        headers[PlanningHeaders.Position] = accepted.Position.ToString(CultureInfo.InvariantCulture);
        headers.ETag = ETagOf(accepted.Version);
        return answered(accepted);
    }

    public async ValueTask<EntityState> ReadAsync(EntityKey entity)
    {
        var state = await parts.Host.ReadAsync(entity, http.RequestAborted);
        http.Response.Headers.ETag = ETagOf(state.Version);
        return state;
    }

    /// <summary>Null once the read models show everything up to the position that the caller names.</summary>
    public async ValueTask<ProblemResult?> CatchUpAsync()
    {
        var min = MinPosition();
        return min.Problem ?? (min.Value is { } position ? await CatchUpAsync(position) : null);
    }

    /// <summary>The position that the caller names; null where none is named.</summary>
    public Parsed<long?> MinPosition()
    {
        var given = http.Request.Headers.TryGetValue(PlanningHeaders.MinPosition, out var header) ? header : http.Request.Query["min_position"];
        if (given.Count == 0)
            return new Parsed<long?>(null, null);
        return long.TryParse(given.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            ? new Parsed<long?>(position, null)
            : Problems.BadRequest("min_position_invalid", $"{PlanningHeaders.MinPosition} is a position as a command's answer gave it: a whole number.");
    }

    public async ValueTask<ProblemResult?> CatchUpAsync(long position)
    {
        if (parts.Progress.PositionOf(IReadModels.ConsumerName, Partition) >= position)
            return null;
        using var timeout = new CancellationTokenSource(parts.Options.MinPositionWait, parts.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, http.RequestAborted);
        try
        {
            await parts.Progress.WaitAsync(IReadModels.ConsumerName, Partition, position, either.Token);
            return null;
        }
        catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
        {
            return Problems.Unavailable("read_models_behind", $"Lists do not yet show position {position}. Try again, or read without {PlanningHeaders.MinPosition} to get what is there.");
        }
    }

    private static string ETagOf(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    private Parsed<T> Read<T>(ReadOnlySequence<byte> body, JsonTypeInfo<T> type) where T : class
    {
        var bytes = body.IsSingleSegment ? body.FirstSpan : body.ToArray();
        var parsed = JsonBody.Parse(bytes, type, parts.Options.MaxJsonDepth);
        return parsed.Problem is null && ReadKey(bytes) is { } problem ? problem : parsed;
    }

    private ProblemResult? ReadKey(ReadOnlySpan<byte> body)
    {
        var key = CommandKey.Read(http, caller.Actor.Id.Value, body);
        var match = Preconditions.IfMatch(http.Request);
        (Key, ifVersion) = (key.Value, match.Value);
        return key.Problem ?? match.Problem;
    }
}
