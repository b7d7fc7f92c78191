using System.Collections.Immutable;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Planning.Contracts;
using Planning.Engine.Reads;
using Planning.Gateway.Errors;
using Planning.Gateway.Requests;

namespace Planning.Gateway.Routes;

/// <summary>What all lists share: page size, cursor, waiting for a position.</summary>
internal static class Listing
{
    public const int DefaultLimit = 50;
    private const int MaxLimit = 200;

    public static async Task<IResult> AnswerAsync<TRow, TItem>(
        Call call, int? limit, string? cursor, Func<PageRequest, ValueTask<Engine.Reads.Page<TRow>>> list, Func<TRow, TItem> item,
        Func<ContractsJson, JsonTypeInfo<Contracts.Page<TItem>>> type)
    {
        if (LimitProblem(limit) is { } wrong)
            return wrong;
        if (await call.CatchUpAsync() is { } behind)
            return behind;
        var page = await list(new PageRequest(string.IsNullOrEmpty(cursor) ? null : cursor, limit ?? DefaultLimit));
        return Answers.Ok(new Contracts.Page<TItem>(ImmutableArray.CreateRange(page.Items, item), page.Next), type);
    }

    public static ProblemResult? LimitProblem(int? limit) =>
        limit is < 1 or > MaxLimit ? Problems.Unprocessable("limit_invalid", $"A page has 1 to {MaxLimit} items; limit is {limit}.") : null;
}
