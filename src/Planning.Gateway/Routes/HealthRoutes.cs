using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Planning.Contracts;
using Planning.Gateway.Health;
using Planning.Gateway.Requests;

namespace Planning.Gateway.Routes;

/// <summary>Whether the process lives, and whether it can serve. Open to everybody: they tell nothing of any workspace.</summary>
internal static class HealthRoutes
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", () => Answers.Ok(new HealthView("live", []), json => json.HealthView))
            .WithName("health_live").WithSummary("Whether the process answers at all").Produces<HealthView>();
        app.MapGet("/health/ready", (Delegate)Ready)
            .WithName("health_ready").WithSummary("Whether every backing service answers").Produces<HealthView>().Produces<HealthView>(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<IResult> Ready(HttpContext http)
    {
        var health = await http.RequestServices.GetRequiredService<Readiness>().LookAsync(http.RequestAborted);
        return Results.Json(health, ContractsJson.Lenient.HealthView, statusCode: health.Status == Readiness.Ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
