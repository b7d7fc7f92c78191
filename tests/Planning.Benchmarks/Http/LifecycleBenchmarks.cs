using System.Security.Cryptography;
using System.Text;
using Planning.Benchmarks.Harness;
using Planning.Client;
using Planning.Contracts;
using Planning.Domain;
using Planning.Domain.Handoff;
using Planning.Domain.Rulebooks;

namespace Planning.Benchmarks.Http;

/// <summary>Whole lifecycles over HTTP: three gates, a manifest, two signatures, execution, validation; six transitions each.</summary>
internal static class LifecycleBenchmarks
{
    private const int TransitionsPerLife = 6;

    public static IReadOnlyList<Benchmark> All { get; } = [new("lifecycle.http.256", run => RunAsync(run, 256), "commands.http.256")];

    private static async Task<Measured> RunAsync(BenchmarkRun run, int lives)
    {
        await using var server = await HttpBenchmarks.ServeAsync(run);
        using var http = HttpBenchmarks.Http();
        PlanningClient Of(string actor) => HttpBenchmarks.ClientOf(server, http, actor);
        var (planner, lead, reviewer) = (Of("planner"), Of("lead"), Of("reviewer"));
        using var leadKey = RSA.Create(2048);
        using var reviewerKey = RSA.Create(2048);
        var keys = new Dictionary<PlanningClient, (RSA Key, string Fingerprint)>
        {
            [lead] = (leadKey, await RegisterAsync(Of("admin"), leadKey, "lead", "planning_lead")),
            [reviewer] = (reviewerKey, await RegisterAsync(Of("admin"), reviewerKey, "reviewer", "technical_reviewer")),
        };
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        var cycle = await planner.Cycles.OpenAsync(new OpenCycleRequest("bench", today, today.AddDays(14)));
        var files = Files(today.AddDays(1));

        var lived = await ClosedLoop.RunAsync(lives, run.Seconds * 2, async _ =>
        {
            var plan = await planner.Plans.CreateAsync(new CreatePlanRequest("A small plan", "bench", CycleId: cycle.Id));
            foreach (var (name, bytes) in files)
                await planner.Artifacts.AttachAsync(plan.Id, name, bytes);
            await planner.Artifacts.AttachEvidenceAsync(plan.Id, "coverage.info", Coverage);
            await planner.Transitions.RequestAndWaitAsync(plan.Id, "validate_complete");
            var packed = await planner.Transitions.RequestAndWaitAsync(plan.Id, "package_artifacts");
            foreach (var (signer, (key, fingerprint)) in keys)
                await SignAsync(signer, key, fingerprint, packed.ManifestId!);
            await lead.Transitions.RequestAndWaitAsync(plan.Id, "begin_execution");
            var deployed = files.ToDictionary(f => f.Name, f => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(f.Bytes)));
            await lead.Executions.ReportAsync(plan.Id, new ReportExecutionRequest("production", "succeeded", deployed));
            foreach (var trigger in new[] { "validate_results", "analyze_metrics", "cycle_complete" })
                await lead.Transitions.RequestAsync(plan.Id, trigger);
        });
        return lived with { Value = lived.Value * TransitionsPerLife, Note = $"{lived.Value:N1} whole lives/s; p50 and p99 are of a whole life" };
    }

    private static async Task<string> RegisterAsync(PlanningClient admin, RSA key, string person, string role) =>
        (await admin.Keys.RegisterAsync(new RegisterKeyRequest(key.ExportSubjectPublicKeyInfoPem(), person, role, DateTimeOffset.UtcNow.AddDays(1)))).Fingerprint;

    /// <summary>The manifest is made a moment after the packaging.</summary>
    private static async Task SignAsync(PlanningClient signer, RSA key, string fingerprint, string manifest)
    {
        var document = await signer.Manifests.GetDocumentAsync(manifest, wait: TimeSpan.FromSeconds(30));
        var digest = new ContentHash("sha256:" + Convert.ToHexStringLower(SHA256.HashData(document.Bytes.Span)));
        await signer.Manifests.SignAsync(manifest, new SignRequest(fingerprint, SealCrypto.Sign(key, SealAlgorithm.RsaSha256, digest)));
    }

    private static (string Name, byte[] Bytes)[] Files(DateOnly start)
    {
        var tasks = string.Concat(Enumerable.Range(1, 10).Select(i =>
            $"""
              - id: T-{i:000}
                title: "Task {i}"
                description: "Step {i} of the migration"
                effort_points: 3
                priority: P2
                dependencies: [{(i > 5 ? $"T-{i - 5:000}" : "")}]
                assignee: ada

            """));
        return
        [
            ("be_backlog.yaml", Encoding.UTF8.GetBytes($"version: 1.0.0\ngenerated_at: 2026-11-02T09:00:00Z\nplan:\n  start: {start:yyyy-MM-dd}\n  end: {start.AddDays(60):yyyy-MM-dd}\ntasks:\n{tasks}")),
            ("team_capacity.yaml", "version: 1.0.0\nmembers:\n  - id: ada\n    name: \"Ada\"\n    points_per_week: 10\n"u8.ToArray()),
        ];
    }

    private static byte[] Coverage { get; } = "TN:\nSF:a.cs\nDA:1,1\nDA:2,1\nLF:2\nLH:2\nend_of_record\n"u8.ToArray();
}
