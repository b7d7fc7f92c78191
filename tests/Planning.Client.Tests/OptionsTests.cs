using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Planning.Client.Tests.Support;

namespace Planning.Client.Tests;

/// <summary>Options are checked before anything is sent.</summary>
public sealed class OptionsTests
{
    public static TheoryData<string, Action<PlanningClientOptions>> Wrong => new()
    {
        { "BaseAddress", o => o.BaseAddress = null },
        { "BaseAddress", o => o.BaseAddress = new Uri("/v1", UriKind.Relative) },
        { "BaseAddress", o => o.BaseAddress = new Uri("ftp://planning.example") },
        { "BaseAddress", o => o.BaseAddress = new Uri("https://ada:secret@planning.example") },
        { "BaseAddress", o => o.BaseAddress = new Uri("https://planning.example/?workspace=a") },
        { "ApiKey", o => o.ApiKey = "" },
        { "ApiKey", o => o.ApiKey = "plk_1_x\n" },
        { "Actor", o => o.Actor = "ada roles" },
        { "Actor", o => (o.ApiKey, o.Actor) = ("plk_1_x", "ada") },
        { "MaxRetries", o => o.MaxRetries = -1 },
        { "MaxRetries", o => o.MaxRetries = 21 },
        { "RetryDelay", o => o.RetryDelay = TimeSpan.Zero },
        { "RetryDelay", o => o.RetryDelay = TimeSpan.FromMinutes(1) },
        { "MaxRetryDelay", o => o.MaxRetryDelay = TimeSpan.FromDays(2) },
        { "AttemptTimeout", o => o.AttemptTimeout = TimeSpan.Zero },
        { "LongPoll", o => o.LongPoll = TimeSpan.Zero },
        { "LongPoll", o => o.LongPoll = TimeSpan.FromMinutes(6) },
        { "PollInterval", o => o.PollInterval = TimeSpan.Zero },
        { "ReconnectDelay", o => o.ReconnectDelay = -TimeSpan.FromSeconds(1) },
        { "StreamSilence", o => o.StreamSilence = TimeSpan.Zero },
        { "MaxEventBytes", o => o.MaxEventBytes = 1_023 },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void An_option_that_is_out_of_range_is_named(string name, Action<PlanningClientOptions> spoil)
    {
        var options = new PlanningClientOptions { BaseAddress = new Uri("https://planning.example") };
        spoil(options);

        Assert.Contains(name, Assert.Throws<ArgumentException>(() => new PlanningClient(options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_that_is_wrong_is_named_at_once()
    {
        var problem = new PlanningClientOptions { MaxRetries = -1, LongPoll = TimeSpan.Zero }.Problem();

        Assert.All(["BaseAddress", "MaxRetries", "LongPoll"], name => Assert.Contains(name, problem, StringComparison.Ordinal));
    }

    [Fact]
    public void The_defaults_are_in_range() =>
        Assert.Null(new PlanningClientOptions { BaseAddress = new Uri("https://planning.example/planning") }.Problem());

    [Fact]
    public async Task An_application_has_one_client_whose_requests_say_who_calls()
    {
        await using var server = await ScriptedServer.StartAsync(Steps.Plan());
        var services = new ServiceCollection();
        services.AddPlanningClient(o => (o.BaseAddress, o.ApiKey) = (new Uri(server.Address, "/planning"), "plk_1_x"));
        await using var provider = services.BuildServiceProvider();

        await provider.GetRequiredService<PlanningClient>().Plans.GetAsync("pln_1");

        Assert.Same(provider.GetRequiredService<PlanningClient>(), provider.GetRequiredService<PlanningClient>());
        Assert.Equal("/planning/v1/plans/pln_1", server.Requests[0].Target);
        Assert.Equal("Bearer plk_1_x", server.Requests[0].Header("Authorization"));
        Assert.StartsWith("Planning.Client/", server.Requests[0].Header("User-Agent"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_local_caller_says_who_it_is()
    {
        await using var server = await ScriptedServer.StartAsync(Steps.Plan());
        using var client = server.Client(o => o.Actor = "ada;roles=planner,approver");

        await client.Plans.GetAsync("pln_1");

        Assert.Equal("ada;roles=planner,approver", server.Requests[0].Header("Planning-Actor"));
        Assert.Null(server.Requests[0].Header("Authorization"));
    }

    [Fact]
    public async Task An_application_with_wrong_options_does_not_start()
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddPlanningClient(o => o.MaxRetries = 99);
        using var host = builder.Build();

        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Contains("MaxRetries is 99", refused.Message, StringComparison.Ordinal);
    }
}
