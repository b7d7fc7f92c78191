using System.Security.Cryptography;
using System.Text;
using Planning.Client;
using Planning.Contracts;
using Planning.Engine.Rulebooks;
using Planning.Testing;

namespace Planning.Cli.Tests.Serve;

/// <summary>A program of one's own as a validator of a running server.</summary>
public sealed class ScriptGateTests : IDisposable
{
    private const string Program = """
        #!/bin/sh
        cat > /dev/null
        printf '{"version": 1, "findings": [{"file": "be_backlog.yaml", "line": 2, "rule": "refused", "severity": "error", "message": "It is not ours.", "advice": "Ask us."}]}'

        """;

    private readonly DirectoryInfo scripts = Directory.CreateTempSubdirectory("planning-scripts-test-");

    public void Dispose() => scripts.Delete(recursive: true);

    [LinuxFact]
    public async Task A_script_of_the_rulebook_stops_a_plan_with_its_findings_and_is_refused_where_no_folder_is_set()
    {
        await File.WriteAllTextAsync(Path.Combine(scripts.FullName, "ours.sh"), Program);
        using var folder = await TemporaryDataFolder.CreateAsync();
        var settings = new Dictionary<string, string> { ["PLANNING_SCRIPTS__FOLDER"] = scripts.FullName, ["PLANNING_SCRIPTS__ALLOWINCOMPLETEISOLATION"] = "true" };

        var with = await ResultAsync(folder, settings);
        var without = await ResultAsync(folder, []);

        Assert.Null(with.Result.Error);
        Assert.Equal("be_backlog.yaml:2:1 It is not ours.", Assert.Single(with.Findings));
        Assert.StartsWith("This server runs no scripts: it has no folder for them.", without.Result.Error, StringComparison.Ordinal);
    }

    private static async Task<(ValidatorResultView Result, string[] Findings)> ResultAsync(TemporaryDataFolder folder, Dictionary<string, string> settings)
    {
        using var server = PlanningProcess.Start(settings, "serve", "--url", "http://127.0.0.1:0", "--data", folder.Path);
        using var client = new PlanningClient(new PlanningClientOptions { BaseAddress = new Uri(await server.ServingAsync()) });
        await client.Rulebook.ActivateAsync(Rulebook());
        var cycle = await client.Cycles.OpenAsync(new OpenCycleRequest("one", new DateOnly(2027, 1, 4), new DateOnly(2027, 1, 17)));
        var plan = await client.Plans.CreateAsync(new CreatePlanRequest("Judged", "payments", CycleId: cycle.Id));
        await client.Artifacts.AttachAsync(plan.Id, "be_backlog.yaml", Encoding.UTF8.GetBytes("version: 1.0.0\ngenerated_at: 2027-01-04T08:00:00Z\ntasks: []\n"));
        Assert.IsType<TransitionResult.Stayed>(await client.Transitions.OutcomeOfAsync(plan.Id, "validate_complete"));
        var run = Assert.Single((await client.GateRuns.ListAsync(plan.Id)).Items);
        var view = await client.GateRuns.GetAsync(plan.Id, run.Id);
        var report = await client.GateRuns.GetReportAsync(plan.Id, run.Id);
        Assert.Equal(0, await server.TerminateAsync());
        return (
            Assert.Single(view.Results, r => r.Validator == "ours"),
            [.. report.Findings.Where(f => f.Rule == "script.ours.refused").Select(f => $"{f.File}:{f.Line}:{f.Column} {f.Message}")]);
    }

    /// <summary>The shipped one, with the program in its first gate.</summary>
    private static Dictionary<string, string> Rulebook()
    {
        var files = DefaultRulebook.Files.Bytes.ToDictionary(f => f.Key, f => Encoding.UTF8.GetString(f.Value.Span));
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Program)));
        files["gates.yaml"] = files["gates.yaml"].Replace(
            "      - type: json_schema\n", $"      - type: script\n        name: ours\n        command: ours.sh\n        sha256: {hash}\n      - type: json_schema\n", StringComparison.Ordinal);
        return files;
    }
}

/// <summary>Scripts run on Linux only.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute() => Skip = OperatingSystem.IsLinux() ? null : "needs Linux";
}
