using System.Text.Json;
using Npgsql;
using Orleans;
using Planning.Silo.Logs;
using Planning.Testing;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace Planning.Cluster.Tests;

/// <summary>What a silo writes on its standard output.</summary>
[Collection(SharedCluster.Name)]
public sealed class LogTests(SmallCluster cluster)
{
    [Fact]
    public async Task A_line_that_is_written_in_a_grain_says_in_which()
    {
        using var http = new HttpClient();

        await ExecuteAsync("ALTER TABLE planning.snapshot RENAME TO away");
        using var refused = await http.GetAsync(new Uri(cluster.Processes.Gateway.Url, "/v1/plans/pln_1"));
        await ExecuteAsync("ALTER TABLE planning.away RENAME TO snapshot");

        Assert.False(refused.IsSuccessStatusCode);
        // On a busy machine other grains have been warned about, too.
        var (silo, line) = await await Task.WhenAny(cluster.Processes.Silos.Select(async silo =>
            (silo, await silo.LineAsync(l => l.Contains("Error activating grain", StringComparison.Ordinal)))));
        var written = JsonDocument.Parse(line).RootElement.GetProperty("Properties");
        Assert.Equal("plan/default/pln_1", written.GetProperty("grain").GetString());
        Assert.Equal(silo.Name, written.GetProperty("silo").GetString());
    }

    [Fact]
    public void A_silo_starts_without_warnings_of_what_is_meant_and_of_an_interface_that_it_does_not_serve()
    {
        foreach (var silo in cluster.Processes.Silos)
        {
            Assert.DoesNotContain(silo.Log, line => line.Contains("API key", StringComparison.Ordinal));
            Assert.DoesNotContain(silo.Log, line => line.Contains("ServerGC", StringComparison.Ordinal));
        }
        Assert.Contains(cluster.Processes.Gateway.Log, line => line.Contains("No API key is configured", StringComparison.Ordinal));
    }

    [Fact]
    public void A_stall_that_is_older_than_the_process_is_no_stall()
    {
        var time = new FakeTime();
        var lines = new Lines();
        using var log = new LoggerConfiguration().Filter.With(new FalseAlarms(time)).WriteTo.Sink(lines).CreateLogger();
        var orleans = log.ForContext("EventId", new { Id = (int)ErrorCode.SiloHeartbeatTimerStalled }, destructureObjects: true);
        time.Advance(TimeSpan.FromMinutes(1));

        orleans.Warning("Participant check thread has not completed for {TimeSinceLastTick}", TimeSpan.FromHours(5));
        orleans.Warning("Participant check thread has not completed for {TimeSinceLastTick}", TimeSpan.FromSeconds(20));

        Assert.Equal(["Participant check thread has not completed for 00:00:20"], lines.Written);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(cluster.Processes.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private sealed class Lines : ILogEventSink
    {
        public List<string> Written { get; } = [];

        public void Emit(LogEvent logEvent) => Written.Add(logEvent.RenderMessage());
    }
}
