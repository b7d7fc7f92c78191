using System.Text.Json;
using Planning.Cli.Handoff;
using Planning.Client;
using Planning.Engine.Json;
using Spectre.Console;

namespace Planning.Cli.Demo.Cluster;

/// <summary>Shows which silo served which entity of the story, as the gateway tells an operator.</summary>
internal static class Placements
{
    public static async Task ShowAsync(Uri gateway, DemoTeam team, Told told, IAnsiConsole console, CancellationToken cancellation)
    {
        var entities = new List<(string Kind, string Id)> { ("rulebook", "rulebook"), ("cycle", told.Cycle), ("plan", told.Plan) };
        await foreach (var run in team["mara"].GateRuns.ListAllAsync(told.Plan, cancellation))
            entities.Add(("gate_run", run.Id));
        entities.Add(("manifest", told.Manifest));

        using var server = new ServerConnection(gateway, team.KeyOf("ada"));
        var table = new Table().Border(TableBorder.Simple).AddColumns("entity", "", "silo");
        foreach (var (kind, id) in entities)
        {
            var placed = JsonSerializer.Deserialize<Placement>(await server.GetAsync($"cluster/placement/{kind}/{id}", cancellation), PlanningJson.Options);
            table.AddRow(kind, Markup.Escape(id), Markup.Escape(placed?.Silo ?? "in no silo's memory"));
        }
        console.Write(table);
    }

    private sealed record Placement(string? Silo);
}
