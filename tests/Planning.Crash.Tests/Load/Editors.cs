using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Planning.Contracts;

namespace Planning.Crash.Tests.Load;

/// <summary>The bulk of the load: titles of many plans, edited as fast as the answers come, each edit under a key of its own.</summary>
internal sealed class Editors(HttpClient http, IReadOnlyList<string> plans, string name)
{
    private readonly TimeProvider time = TimeProvider.System;

    /// <summary>Edits until <paramref name="enough"/>; then each editor brings its last command to an answer and ends.</summary>
    public Task RunAsync(CancellationToken enough, CancellationToken limit) =>
        Task.WhenAll(Enumerable.Range(0, Scale.Editors).Select(editor => Task.Run(() => EditAsync(editor, enough, limit), limit)));

    private async Task EditAsync(int editor, CancellationToken enough, CancellationToken limit)
    {
        // Some plans are edited by two, so that commands also meet.
        var mine = plans.Where((_, i) => i % Scale.Editors == editor || (i + 1) % (Scale.Editors * 2) == editor).ToArray();
        for (var edit = 1; !enough.IsCancellationRequested; edit++)
            await SendAsync(mine[edit % mine.Length], $"{name}.{editor}.{edit}", stale: edit % Scale.EditsPerStaleOne == 0, limit);
    }

    /// <summary>Sent under the same key until there is an answer that means something.</summary>
    public async Task SendAsync(string plan, string key, bool stale, CancellationToken limit)
    {
        var body = Encoding.UTF8.GetBytes($$"""{"title":"Title {{key}}"}""");
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Patch, $"http://planning/v1/plans/{plan}");
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            request.Headers.Add(PlanningHeaders.IdempotencyKey, key);
            request.Headers.Add(PlanningHeaders.Actor, Team.Planner);
            if (stale)
                request.Headers.IfMatch.Add(new EntityTagHeaderValue("\"" + 1.ToString(CultureInfo.InvariantCulture) + "\""));
            try
            {
                using var answer = await http.SendAsync(request, limit);
                if ((int)answer.StatusCode < 500)
                    return;
            }
            catch (HttpRequestException)
            {
                // The server is gone, or was on its way.
            }
            await Task.Delay(Scale.RetryPause, time, limit);
        }
    }
}
