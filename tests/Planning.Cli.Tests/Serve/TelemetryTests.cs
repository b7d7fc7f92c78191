using System.Net.Http.Json;
using Planning.Cli.Serve;
using Planning.Telemetry;
using Planning.Testing;
using Planning.Testing.Otlp;

namespace Planning.Cli.Tests.Serve;

/// <summary>What <c>serve</c> sends to whoever operates it.</summary>
public sealed class TelemetryTests
{
    [Fact]
    public async Task A_command_is_one_trace_down_to_its_commit_and_is_sent_before_the_server_ends()
    {
        using var receiver = new OtlpReceiver();
        using var folder = await TemporaryDataFolder.CreateAsync();
        using var server = PlanningProcess.Start(
            new Dictionary<string, string> { ["PLANNING_TELEMETRY__ENDPOINT"] = receiver.Endpoint }, "serve", "--url", "http://127.0.0.1:0", "--data", folder.Path);
        using var http = new HttpClient { BaseAddress = new Uri(await server.ServingAsync()) };
        using var opened = await http.PostAsJsonAsync("/v1/cycles", new { name = "one", starts_on = "2027-01-04", ends_on = "2027-01-17" });
        using var healthy = await http.GetAsync(new Uri("/health/ready", UriKind.Relative));
        Assert.True(opened.IsSuccessStatusCode && healthy.IsSuccessStatusCode);

        Assert.Equal(0, await server.TerminateAsync());

        var request = Assert.Single(receiver.Spans, s => s.Attributes.GetValueOrDefault("url.path") == "/v1/cycles");
        var sources = receiver.Spans.Where(s => s.Trace == request.Trace).Select(s => s.Source).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(["Microsoft.AspNetCore", "Npgsql", "Planning", "Planning.Postgres"], sources);
        Assert.DoesNotContain(receiver.Spans, s => s.Attributes.GetValueOrDefault("url.path") == "/health/ready");
        Assert.DoesNotContain(receiver.Spans, s => s.Source == "Npgsql" && s.Parent.Length == 0);
        Assert.NotEmpty(receiver.Measured);
    }

    [Fact]
    public void Values_out_of_range_are_refused_by_name_and_nothing_is_sent_by_default()
    {
        Assert.False(new TelemetryOptions().IsOn);
        Assert.Null(new TelemetryOptions { Endpoint = "http://127.0.0.1:4318", TraceShare = 0 }.Problem());
        Assert.Contains("Endpoint 'collector' is no address", Refused(new() { Endpoint = "collector" }), StringComparison.Ordinal);
        Assert.Contains("TraceShare is 1.5", Refused(new() { TraceShare = 1.5 }), StringComparison.Ordinal);
        Assert.Contains("MetricsInterval must be 1 second to 1 hour", Refused(new() { MetricsInterval = TimeSpan.Zero }), StringComparison.Ordinal);
        Assert.Contains("ExportTimeout must be 100 ms to 30 seconds", Refused(new() { ExportTimeout = TimeSpan.FromMinutes(1) }), StringComparison.Ordinal);

        static string Refused(TelemetryOptions options) => Assert.Throws<SettingsException>(new ServeSettings { Telemetry = options }.Check).Message;
    }
}
