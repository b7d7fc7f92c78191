using System.Net;
using System.Security.Cryptography;
using System.Text;
using Planning.Testing;

namespace Planning.Cli.Tests.Serve;

/// <summary>The file of trackers, as the server takes it.</summary>
public sealed class TrackerSettingsTests
{
    private const string Secret = "0123456789abcdef";

    private const string File =
        $$"""
        [{"id": "jira-ops", "workspace": "default", "kind": "jira_cloud", "base_address": "https://example.atlassian.net", "token": "t", "project": "OPS", "own_account": "bot",
          "webhook_secrets": ["{{Secret}}"]}]
        """;

    [Fact]
    public async Task A_tracker_that_is_set_up_is_believed_for_its_signature_and_others_have_no_webhook()
    {
        using var folder = await TemporaryDataFolder.CreateAsync();
        using var server = PlanningProcess.Start(await SettingAsync(folder, File), "serve", "--url", "http://127.0.0.1:0", "--data", folder.Path);
        using var http = new HttpClient { BaseAddress = new Uri(await server.ServingAsync()) };

        using var unsigned = await http.PostAsync("/v1/trackers/jira-ops/webhooks", new StringContent("{}"));
        using var unknown = await http.PostAsync("/v1/trackers/snow/webhooks", new StringContent("{}"));

        using var signed = await http.SendAsync(Signed($$"""{"timestamp":{{TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()}},"webhookEvent":"jira:issue_deleted"}"""));

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.NotFound, HttpStatusCode.NoContent), (unsigned.StatusCode, unknown.StatusCode, signed.StatusCode));
        Assert.Contains("webhook_unsigned", await unsigned.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await server.TerminateAsync());
    }

    [Fact]
    public async Task A_file_that_cannot_work_stops_the_start_and_says_what_is_wrong()
    {
        using var folder = await TemporaryDataFolder.CreateAsync();
        using var server = PlanningProcess.Start(
            await SettingAsync(folder, File.Replace("https://", "http://", StringComparison.Ordinal)), "serve", "--url", "http://127.0.0.1:0", "--data", folder.Path);

        Assert.Equal(2, await server.EndAsync());
        Assert.Contains("Tracker 'jira-ops': base_address is 'http://example.atlassian.net/'", server.Errors, StringComparison.Ordinal);
    }

    private static HttpRequestMessage Signed(string body)
    {
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(body));
        return new HttpRequestMessage(HttpMethod.Post, "/v1/trackers/jira-ops/webhooks")
        {
            Content = new StringContent(body),
            Headers = { { "X-Hub-Signature", "sha256=" + Convert.ToHexStringLower(signature) } },
        };
    }

    private static async Task<Dictionary<string, string>> SettingAsync(TemporaryDataFolder folder, string text)
    {
        var path = Path.Combine(Path.GetDirectoryName(folder.Path)!, "trackers.json");
        await System.IO.File.WriteAllTextAsync(path, text);
        return new Dictionary<string, string> { ["PLANNING_TRACKERS"] = path };
    }
}
