using Planning.Cli.Tests.Handoff;
using Planning.Client;
using Planning.Contracts;
using Planning.Engine.Rulebooks;
using Planning.Engine.Tests.Handoff.Support;
using Planning.Testing;

namespace Planning.Cli.Tests.Rulebooks;

/// <summary><c>planning rulebook</c> as it is typed, on a folder and against a running gateway.</summary>
public sealed class RulebookVerbsTests : IDisposable
{
    private static readonly string Shipped = Repository.At("schemas", "rulebook", "default");

    private readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_shipped_rulebook_is_valid_without_a_server()
    {
        var run = await RunAsync("validate", Shipped);

        Assert.Equal((0, "5 files, 0 errors, 0 warnings", ""), (run.ExitCode, run.Output, run.Error));
    }

    [Fact]
    public async Task What_is_wrong_with_a_folder_is_told_with_its_place()
    {
        Copy("gates.yaml", "type: yaml_lint", "type: yaml_lnt");
        folder.Write("extra.yaml", "a: 1\n");
        folder.Write("README.md", "Not a file of the rulebook.\n");

        var run = await RunAsync("validate", folder.Root);

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(
            [$"{folder.At("extra.yaml")}:1:1: error rulebook.unknown_file", $"{folder.At("gates.yaml")}:12:15: error rulebook.unknown_validator", "6 files, 2 errors, 0 warnings"],
            run.Output.Split('\n').Select(line => string.Join(' ', line.Split(' ').Take(line.StartsWith('6') ? 6 : 3))));
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_no_rulebook()
    {
        var run = await RunAsync("validate", folder.At("nowhere"));

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains($"There is no folder {folder.At("nowhere")}.", run.Error);
    }

    [Fact]
    public async Task A_folder_becomes_the_rulebook_that_holds_step_by_step_and_is_rolled_back()
    {
        var world = new HandoffWorld();
        await using var gateway = await RunningGateway.StartAsync(world, new RulebookCache(world.Blobs, world.Log, world.Time));
        using var client = new PlanningClient(new PlanningClientOptions { BaseAddress = new Uri(gateway.Address), Actor = "local" });
        var plan = await CriticalPlanAsync(client);
        Copy("governance.yaml", "    critical_zero:\n", "    critical_zero:\n      mode: \"off\"\n");

        var proposed = await RunAsync(gateway, "propose", folder.Root);
        var hash = proposed.Output.Split(' ')[0];
        Assert.Equal((0, $"{hash}  proposed", ""), (proposed.ExitCode, proposed.Output, proposed.Error));

        var tried = await RunAsync(gateway, "dry-run", hash);
        var lines = tried.Output.Split('\n');
        Assert.Equal(1, tried.ExitCode);
        Assert.Equal([$"{plan.Id}  PLANNED  payments: A plan", "  governance: fails -> passes"], lines[..2]);
        Assert.All(lines[2..^1], line => Assert.StartsWith("    governance:critical_zero: ", line, StringComparison.Ordinal));
        Assert.Equal($"1 open plan judged, 1 verdict would flip; {DefaultRulebook.Files.Hash} holds.", lines[^1]);

        Assert.Equal($"{hash}  holds", (await RunAsync(gateway, "activate", hash)).Output);
        Assert.Equal((0, $"1 open plan judged, 0 verdicts would flip; {hash} holds."), Told(await RunAsync(gateway, "dry-run", hash)));
        Assert.Equal($"{DefaultRulebook.Files.Hash}  holds, in the place of {hash}", (await RunAsync(gateway, "activate", DefaultRulebook.Files.Hash.Value)).Output);
        Assert.Equal(
            [$"activated  {DefaultRulebook.Files.Hash}  by local  holds", $"activated  {hash}  by local", $"proposed   {hash}  by local"],
            (await RunAsync(gateway, "history")).Output.Split('\n').Select(line => line[(line.IndexOf('Z', StringComparison.Ordinal) + 3)..]));
    }

    [Fact]
    public async Task What_the_server_refuses_is_told_with_every_error()
    {
        await using var gateway = await RunningGateway.StartAsync(new HandoffWorld());
        Copy("gates.yaml", "type: yaml_lint", "type: yaml_lnt");

        var refused = await RunAsync(gateway, "propose", folder.Root);

        Assert.Equal((1, ""), (refused.ExitCode, refused.Output));
        Assert.Contains("[rulebook_invalid]", refused.Error);
        Assert.Contains("  gates.yaml:12:15: There is no validator yaml_lnt.", refused.Error);
    }

    private static (int, string) Told(Outcome run) => (run.ExitCode, run.Output);

    private static async Task<PlanView> CriticalPlanAsync(PlanningClient client)
    {
        var cycle = await client.Cycles.OpenAsync(new OpenCycleRequest("One", new DateOnly(2027, 1, 1), new DateOnly(2027, 1, 14)));
        return await client.Plans.CreateAsync(new CreatePlanRequest("A plan", "payments", CycleId: cycle.Id, Tags: new Dictionary<string, string> { ["criticality"] = "0" }));
    }

    /// <summary>The shipped files, one of them changed.</summary>
    private void Copy(string file, string old, string changed)
    {
        foreach (var path in Directory.EnumerateFiles(Shipped))
            folder.Write(Path.GetFileName(path), File.ReadAllText(path));
        var text = File.ReadAllText(folder.At(file));
        Assert.Contains(old, text, StringComparison.Ordinal);
        folder.Write(file, text.Replace(old, changed, StringComparison.Ordinal));
    }

    private static Task<Outcome> RunAsync(RunningGateway gateway, params string[] arguments) => RunAsync([.. arguments, "--server", gateway.Address]);

    /// <summary>In a process of its own, as its API key is a variable of the process.</summary>
    private static async Task<Outcome> RunAsync(params string[] arguments)
    {
        using var run = await PlanningProcess.RunAsync(["rulebook", .. arguments]);
        return new Outcome(await run.EndAsync(), string.Join('\n', run.Output), run.Errors);
    }
}
