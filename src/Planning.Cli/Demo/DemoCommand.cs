using System.CommandLine;
using System.Globalization;
using Planning.Cli.Demo.Cluster;

namespace Planning.Cli.Demo;

/// <summary><c>planning demo</c>: a real server or cluster on free ports, and a plan's whole way through it.</summary>
internal static class DemoCommand
{
    public static Command Build()
    {
        var folder = new Option<string?>("--out") { Description = "Folder for the digest, the keys and the pack. Default: out/demo-TIME." };
        var database = new Option<string?>("--database") { Description = "Connection string of an empty PostgreSQL of your own. Default: a private one that goes with the demo." };
        var cluster = new Option<int?>("--cluster")
        {
            Description = $"Over a cluster of this many silos, 1 to {DemoCluster.MaxSilos}, each a process of its own. Default: one server without a cluster.",
            HelpName = "SILOS",
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var silos) && silos is >= 1 and <= DemoCluster.MaxSilos)
                    return silos;
                result.AddError($"--cluster is the number of silos, 1 to {DemoCluster.MaxSilos}, not '{text}'.");
                return null;
            },
        };
        var command = new Command("demo", "Carries a plan from its artifacts to the digest, live.") { folder, database, cluster };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(folder), parsed.GetValue(database), parsed.GetValue(cluster), cancellation));
        command.Add(RefreshDemo.Build());
        return command;
    }

    private static async Task<int> RunAsync(string? folder, string? database, int? silos, CancellationToken cancellation)
    {
        var now = TimeProvider.System.GetUtcNow();
        var root = Environment.GetEnvironmentVariable("PLANNING_ROOT");
        folder ??= Path.Combine(root ?? ".", "out", "demo-" + now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture));
        Directory.CreateDirectory(folder);
        DemoStory? story = null;
        return await DemoStage.PlayAsync(
            silos, database, Path.Combine(folder, "logs"), async (server, console, stop) =>
            {
                using var team = await DemoTeam.GatherAsync(server, stop);
                var script = new DemoScript(console);
                story = new DemoStory(team, new DemoFiles(DateOnly.FromDateTime(now.UtcDateTime)), script, folder, now);
                var told = await story.TellAsync(stop);
                if (silos is not null)
                {
                    script.Chapter("Which silo served what");
                    await Placements.ShowAsync(server, team, told, console, stop);
                }
                await story.ExportAsync(told.Manifest, stop);
            },
            last: () => $"{(root is null ? "planning" : "./planning")} verify {Shown(story!.PackFile, root)} --trust {Shown(story.KeysFolder, root)}",
            cancellation);
    }

    private static string Shown(string path, string? root) =>
        root is not null && Path.GetFullPath(Environment.CurrentDirectory) == Path.GetFullPath(root) ? Path.GetRelativePath(root, path) : Path.GetFullPath(path);
}
