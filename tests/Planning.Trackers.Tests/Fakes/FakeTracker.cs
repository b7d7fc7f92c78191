using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Planning.Engine.Trackers;
using Planning.Testing;

namespace Planning.Trackers.Tests.Fakes;

/// <summary>What a fake tracker has of one item.</summary>
internal sealed class FakeItem(string id, string name, DateTimeOffset madeAt = default)
{
    public DateTimeOffset MadeAt => madeAt;
    public string Id => id;
    public string Name => name;
    public string Mark { get; set; } = "";
    public string Title { get; set; } = "";
    public string Text { get; set; } = "";
    public string Status { get; set; } = "";
    public List<string> Notes { get; } = [];
    public long Changes { get; set; }
}

/// <summary>A small tracker on a port of this machine: keeps items, speaks its interface, and makes the messages that its webhooks would send.</summary>
internal abstract class FakeTracker : IAsyncDisposable
{
    public const string OwnAccount = "planning-bot";
    public const string Token = "token-of-the-bot";
    public const string Secret = "a secret of sixteen and more";

    /// <summary>So long the search does not find what was made.</summary>
    private static readonly TimeSpan SearchLag = TimeSpan.FromSeconds(30);

    private readonly WebApplication server;
    private bool loseAnswer;

    protected FakeTracker(FakeTime time)
    {
        Time = time;
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        server = builder.Build();
        server.Run(ServeAsync);
    }

    protected FakeTime Time { get; }

    public List<FakeItem> Items { get; } = [];

    /// <summary>Those that the search knows.</summary>
    protected IEnumerable<FakeItem> Indexed => Items.Where(item => Time.GetUtcNow() - item.MadeAt >= SearchLag);

    /// <summary>The messages of what was done over the interface, by our own account.</summary>
    public List<TrackerDelivery> Echoes { get; } = [];

    /// <summary>Answers 503 to everything.</summary>
    public bool IsDown { get; set; }

    /// <summary>Statuses to which nothing leads.</summary>
    public HashSet<string> Closed { get; } = [];

    public int Requests { get; private set; }

    public Uri Address => new(server.Urls.First());

    /// <summary>The mark that an item of the refresh bears.</summary>
    public abstract string MarkOf(string refresh);

    public abstract TrackerOptions Options { get; }

    /// <summary>How its status is called when a request is open, in progress, and cancelled.</summary>
    public abstract (string Open, string Over) Words { get; }

    /// <summary>Somebody changes an item there.</summary>
    /// <returns>The message of it.</returns>
    public abstract TrackerDelivery Act(FakeItem item, TrackerWish? wish, string account, string? comment = null);

    public async Task StartAsync() => await server.StartAsync();

    /// <summary>Does the next change, and cuts the connection instead of answering.</summary>
    public void LoseNextAnswer() => loseAnswer = true;

    public ValueTask DisposeAsync() => server.DisposeAsync();

    /// <returns>Status and body.</returns>
    protected abstract (HttpStatusCode Status, JsonNode? Body) Answer(string method, string path, IQueryCollection query, JsonNode? body);

    protected static string Sign(byte[] signed) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), signed));

    protected static TrackerDelivery Message(byte[] body, string header, string value) =>
        new(name => name.Equals(header, StringComparison.OrdinalIgnoreCase) ? value : null, body);

    private async Task ServeAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync();
        (HttpStatusCode Status, JsonNode? Body) answer;
        lock (Items)
        {
            Requests++;
            var known = http.Request.Headers.Authorization.ToString() == $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{OwnAccount}:{Token}"))}";
            answer = IsDown ? (HttpStatusCode.ServiceUnavailable, null)
                : !known ? (HttpStatusCode.Unauthorized, null)
                : Answer(http.Request.Method, http.Request.Path.Value!, http.Request.Query, body.Length == 0 ? null : JsonNode.Parse(body));
        }
        if (loseAnswer && http.Request.Method == "POST")
        {
            loseAnswer = false;
            http.Abort();
            return;
        }
        http.Response.StatusCode = (int)answer.Status;
        if (answer.Body is not null)
            await http.Response.WriteAsJsonAsync(answer.Body);
    }
}
