using System.Globalization;
using System.Net.Http.Headers;
using Planning.Contracts;

namespace Planning.Client.Http;

/// <summary>An answer, read whole.</summary>
/// <param name="Attempts">How many tries it took.</param>
internal sealed record ApiAnswer(int Status, byte[] Body, string? ContentType, string? ETag, TimeSpan? RetryAfter, long? Position, int Attempts = 1)
{
    /// <summary>Without its parameters.</summary>
    public string? MediaType => ContentType?.Split(';')[0].Trim();

    public bool Succeeded => Status is >= 200 and < 300;

    public static async Task<ApiAnswer> ReadAsync(HttpResponseMessage response, TimeProvider time, CancellationToken cancellation) => new(
        (int)response.StatusCode,
        await response.Content.ReadAsByteArrayAsync(cancellation),
        response.Content.Headers.ContentType?.ToString(),
        response.Headers.ETag?.Tag.Trim('"'),
        PauseOf(response.Headers.RetryAfter, time),
        PositionOf(response));

    private static TimeSpan? PauseOf(RetryConditionHeaderValue? header, TimeProvider time)
    {
        var pause = header?.Delta ?? (header?.Date is { } at ? at - time.GetUtcNow() : null);
        return pause < TimeSpan.Zero ? TimeSpan.Zero : pause;
    }

    private static long? PositionOf(HttpResponseMessage response) =>
        response.Headers.TryGetValues(PlanningHeaders.Position, out var values)
        && long.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position : null;
}
