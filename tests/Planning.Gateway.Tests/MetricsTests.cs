using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Planning.Contracts;
using Planning.Engine.Telemetry;
using Planning.Gateway.Tests.Support;
using Xunit;

namespace Planning.Gateway.Tests;

/// <summary>What is counted and timed, under the names and with the labels that docs/metrics.md gives.</summary>
[Collection(Alone.Name)]
public sealed class MetricsTests : IDisposable
{
    private static readonly DateTimeOffset Day = new(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(30), TimeSpan.Zero);

    private readonly ConcurrentQueue<string> measured = new();
    private readonly MeterListener listener = new();

    public MetricsTests()
    {
        listener.InstrumentPublished = (instrument, own) =>
        {
            if (instrument.Meter.Name == PlanningMeter.Name)
                own.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => measured.Enqueue(Line(instrument, value, tags)));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => measured.Enqueue(Line(instrument, value, tags)));
        listener.Start();
    }

    public void Dispose() => listener.Dispose();

    [Fact]
    public async Task Refreshes_are_counted_by_state_and_type_and_those_that_wait_are_told()
    {
        await using var backend = await Backend.StartAsync();
        var user = backend.As("uma;roles=planner,release_manager;groups=platform");
        var staging = await user.Environments.RegisterAsync(new RegisterEnvironmentRequest("Staging", "platform", "Etc/UTC"));
        await user.Refreshes.DraftAsync(new DraftRefreshRequest(staging.Id, "redeployment", Day, Day.AddHours(1), "Release", Request: true));

        await SeenAsync("planning_refresh_intents_total 1 entity_type=environment refresh_type=redeployment status=REQUESTED");
        await SeenAsync("planning_refresh_pending_approvals 1");
    }

    [Fact]
    public async Task Requests_are_timed_by_route_and_never_by_address()
    {
        await using var backend = await Backend.StartAsync(pump: false);

        await backend.SendAsync(HttpMethod.Get, "/v1/plans/pln_secret");
        await backend.SendAsync(HttpMethod.Get, "/nowhere/secret");

        await SeenAsync("planning_api_request_duration_seconds * method=GET route=/v1/plans/{plan_id} status_code=404");
        await SeenAsync("planning_api_request_duration_seconds * method=GET route=none status_code=404");
        Assert.DoesNotContain(measured, line => line.Contains("secret", StringComparison.Ordinal));
    }

    /// <summary>Looks until a measurement is there; gauges are read with each look.</summary>
    private async Task SeenAsync(string line)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!measured.Contains(line))
        {
            limit.Token.ThrowIfCancellationRequested();
            listener.RecordObservableInstruments();
            await Task.Yield();
        }
    }

    private static string Line<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags) where T : struct =>
        $"{instrument.Name} {(value is double ? "*" : value)} {string.Join(' ', tags.ToArray().OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => $"{tag.Key}={tag.Value}"))}".TrimEnd();
}

/// <summary>Instruments belong to the process: nothing else is counted while these tests look.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
