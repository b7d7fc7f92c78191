using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Planning.Client.Http;

namespace Planning.Client;

/// <summary>The client among an application's services.</summary>
public static class PlanningClientServices
{
    /// <summary>The name of the client's <see cref="HttpClient"/> at the <see cref="IHttpClientFactory"/>.</summary>
    public const string HttpClientName = "planning";

    /// <summary>
    /// Registers one <see cref="PlanningClient"/> for the whole application, so that what it writes is seen by what it reads. Its connections
    /// come from the <see cref="IHttpClientFactory"/>; options that are out of range stop the application at its start.
    /// </summary>
    /// <remarks>Handlers are added to <c>services.AddHttpClient(PlanningClientServices.HttpClientName)</c>. The client repeats requests itself;
    /// a handler that does so, too, multiplies the tries.</remarks>
    public static IServiceCollection AddPlanningClient(this IServiceCollection services, Action<PlanningClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptions<PlanningClientOptions>().Configure(configure).ValidateOnStart();
        services.AddSingleton<IValidateOptions<PlanningClientOptions>, OptionsCheck>();
        services.AddSingleton(provider =>
        {
            var factory = provider.GetRequiredService<IHttpClientFactory>();
            var options = provider.GetRequiredService<IOptions<PlanningClientOptions>>().Value;
            return new PlanningClient(() => factory.CreateClient(HttpClientName), options, provider.GetService<TimeProvider>());
        });
        // Each try has its own time-out, and an event stream stays open for ever.
        services.AddHttpClient(HttpClientName, http => http.Timeout = Timeout.InfiniteTimeSpan).ConfigurePrimaryHttpMessageHandler(Handlers.New);
        return services;
    }

    private sealed class OptionsCheck : IValidateOptions<PlanningClientOptions>
    {
        public ValidateOptionsResult Validate(string? name, PlanningClientOptions options) =>
            options.Problem() is { } problem ? ValidateOptionsResult.Fail(problem) : ValidateOptionsResult.Success;
    }
}
