using Microsoft.Extensions.DependencyInjection;

namespace Planning.Client;

/// <summary>The client among an application's services.</summary>
public static class PlanningClientServices
{
    private const string HttpClientName = "planning";

    /// <summary>Registers <see cref="PlanningClient"/>. Options are checked when it is first asked for.</summary>
    public static IServiceCollection AddPlanningClient(this IServiceCollection services, Action<PlanningClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        // An event stream stays open for ever; each call has its own cancellation.
        services.AddHttpClient(HttpClientName, http => http.Timeout = Timeout.InfiniteTimeSpan);
        return services.AddTransient(provider =>
        {
            var options = new PlanningClientOptions();
            configure(options);
            return new PlanningClient(
                provider.GetRequiredService<IHttpClientFactory>().CreateClient(HttpClientName), options, provider.GetService<TimeProvider>());
        });
    }
}
