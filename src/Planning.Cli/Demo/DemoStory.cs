using System.Globalization;
using Planning.Cli.Handoff;
using Planning.Client;
using Planning.Contracts;
using Planning.Engine.Rulebooks;

namespace Planning.Cli.Demo;

/// <summary>
/// One plan's whole way over the real API, told step by step:
/// cycle and keys → plan and artifacts → gate 1 fails, is mended, passes → gate 2 and manifest → two signatures →
/// gate 3 and governance fail, are mended, pass → execution → results → digest → evidence pack.
/// </summary>
internal sealed class DemoStory(DemoTeam team, DemoFiles files, DemoScript script, string folder, DateTimeOffset now)
{
    public string KeysFolder => Path.Combine(folder, "keys");

    public string PackFile => Path.Combine(folder, "payments.pack");

    /// <summary>All but the last chapter.</summary>
    public async Task<Told> TellAsync(CancellationToken cancellation)
    {
        var cycle = await PrepareAsync(cancellation);
        var plan = await WriteAsync(cycle, cancellation);
        await CheckAsync(plan, cancellation);
        var manifest = await SealAsync(plan, cancellation);
        await ReleaseAsync(plan, cancellation);
        await ExecuteAsync(plan, cancellation);
        await CloseAsync(cycle, cancellation);
        return new Told(cycle, plan, manifest);
    }

    private async Task<string> PrepareAsync(CancellationToken cancellation)
    {
        script.Chapter("A cycle, and keys to sign with");
        await team["ada"].Rulebook.ActivateAsync(Rulebook(), cancellation: cancellation);
        script.Done("ada activates the rulebook: gates, governance, KPIs, sealing, calendars");
        var cycle = await team["rik"].Cycles.OpenAsync(
            new OpenCycleRequest(now.ToString("yyyy-MM", CultureInfo.InvariantCulture), Today.AddDays(-13), Today, ["Take card payments"]), cancellation: cancellation);
        script.Done($"rik opens cycle {cycle.Name}, {cycle.StartsOn:yyyy-MM-dd} to {cycle.EndsOn:yyyy-MM-dd}");
        foreach (var (person, role) in new[] { ("lena", "planning_lead"), ("tomasz", "technical_reviewer") })
        {
            var fingerprint = await team.GiveSealKeyAsync(person, role, KeysFolder, now.AddYears(1), cancellation);
            script.Done($"{person} makes a key pair; the private half stays on disk, ada registers the public one for {role} ({Short(fingerprint)})");
        }
        return cycle.Id;
    }

    private async Task<string> WriteAsync(string cycle, CancellationToken cancellation)
    {
        script.Chapter("A plan is a set of artifacts");
        var plan = await team["mara"].Plans.CreateAsync(
            new CreatePlanRequest("Card payments", "payments", "Take card payments in all shops", cycle, EmergencyContact: "rik", RollbackPlan: "rollback_plan.md"),
            cancellation: cancellation);
        script.Done($"mara creates plan {plan.Id}: {plan.Status}");
        foreach (var name in DemoFiles.Content)
            await team["mara"].Artifacts.AttachAsync(plan.Id, name, files.Read(name), cancellation: cancellation);
        script.Done($"and attaches {DemoFiles.Content.Count} artifacts: {string.Join(", ", DemoFiles.Content)}");
        await team["mara"].Artifacts.AttachAsync(plan.Id, "be_backlog.yaml", files.Read("be_backlog.broken.yaml"), cancellation: cancellation);
        script.Done("and a be_backlog.yaml, written in a hurry");
        return plan.Id;
    }

    private async Task CheckAsync(string plan, CancellationToken cancellation)
    {
        script.Chapter("Gate 1, schema_lint: is it well formed?");
        await BlockedAsync("mara", plan, "validate_complete", cancellation);
        await team["mara"].Artifacts.AttachAsync(plan, "be_backlog.yaml", files.Read("be_backlog.yaml"), cancellation: cancellation);
        var view = await team["mara"].Plans.GetAsync(plan, cancellation);
        script.Done($"mara mends the backlog: {view.TaskCount} tasks, {view.Points} points, tags {string.Join(", ", view.Tags.Select(t => $"{t.Key}={t.Value}"))}, priority {view.Priority}");
        await MovedAsync("mara", plan, "validate_complete", cancellation);
    }

    private async Task<string> SealAsync(string plan, CancellationToken cancellation)
    {
        script.Chapter("Gate 2, cross_stream_consistency; then the manifest is sealed by two people");
        var packed = await MovedAsync("mara", plan, "package_artifacts", cancellation);
        await script.WaitForAsync(team["lena"], "MANIFEST_CREATED", cancellation);
        foreach (var person in new[] { "lena", "tomasz" })
        {
            var manifest = await team.SignAsync(person, packed.ManifestId!, cancellation);
            script.Done($"{person} signs {manifest.Id} ({Short(manifest.Digest)}){(manifest.Sealed ? ": sealed" : "")}");
        }
        return packed.ManifestId!;
    }

    private async Task ReleaseAsync(string plan, CancellationToken cancellation)
    {
        script.Chapter("Gate 3, parity_coverage, and governance: may it be executed?");
        await team["rik"].Artifacts.AttachEvidenceAsync(plan, "coverage.cobertura.xml", files.Read("coverage-low.cobertura.xml"), cancellation: cancellation);
        script.Done("rik attaches the coverage report of last week as evidence");
        await BlockedAsync("rik", plan, "begin_execution", cancellation);
        await team["rik"].Artifacts.AttachEvidenceAsync(plan, "coverage.cobertura.xml", files.Read("coverage.cobertura.xml"), cancellation: cancellation);
        script.Done("rik attaches the report of today; the seal is not touched by evidence");
        var content = (await team["ines"].Plans.GetAsync(plan, cancellation)).ContentHash;
        foreach (var person in new[] { "ines", "yusuf", "hana" })
            await team[person].Approvals.RecordAsync(plan, new ApproveRequest("approval", "approved", content), cancellation: cancellation);
        await team["olga"].Approvals.RecordAsync(plan, new ApproveRequest("board_decision", "approved", content, "Go, with rollback at hand"), cancellation: cancellation);
        script.Done($"ines, yusuf and hana approve, olga decides for the board; all of it binds to the content {Short(content)}");
        await MovedAsync("rik", plan, "begin_execution", cancellation);
    }

    private async Task ExecuteAsync(string plan, CancellationToken cancellation)
    {
        script.Chapter("Executed, validated, improved");
        var view = await team["deployer"].Plans.GetAsync(plan, cancellation);
        var deployed = view.Artifacts.Where(a => !a.Evidence).ToDictionary(a => a.Name, a => a.Hash);
        await team["deployer"].Executions.ReportAsync(
            plan,
            new ReportExecutionRequest("production", "succeeded", deployed, Progress(), [new DefectRequest("DEF-1", "Receipts show the amount in cents", now)]),
            cancellation: cancellation);
        script.Done($"the deployer reports {deployed.Count} digests of what was deployed, the times of all tasks, and one defect");
        foreach (var (person, trigger) in new[] { ("rik", "validate_results"), ("lena", "analyze_metrics"), ("lena", "cycle_complete") })
            await MovedAsync(person, plan, trigger, cancellation);
    }

    private async Task CloseAsync(string cycle, CancellationToken cancellation)
    {
        script.Chapter("The cycle ends in a digest");
        await team["rik"].Cycles.CloseAsync(cycle, new CloseCycleRequest(Notes: files.Text("cycle_notes.yaml")), cancellation: cancellation);
        var digest = await script.DigestAsync(team["rik"], cycle, cancellation);
        var file = Path.Combine(folder, "digest.md");
        await File.WriteAllTextAsync(file, digest, cancellation);
        script.Show(digest);
        script.Done($"the same bytes are in {file}");
    }

    public async Task ExportAsync(string manifest, CancellationToken cancellation)
    {
        script.Chapter("The evidence, on one file");
        var pack = await team["rik"].Manifests.GetPackAsync(manifest, cancellation);
        await File.WriteAllBytesAsync(PackFile, pack.Bytes.ToArray(), cancellation);
        script.Done($"{PackFile}, {pack.Bytes.Length:N0} bytes; anybody can verify it without this server:");
    }

    private async Task<TransitionView> MovedAsync(string person, string plan, string trigger, CancellationToken cancellation)
    {
        var moved = await team[person].Transitions.RequestAndWaitAsync(plan, trigger, cancellation: cancellation);
        script.Moved(person, moved);
        return moved;
    }

    private async Task BlockedAsync(string person, string plan, string trigger, CancellationToken cancellation)
    {
        try
        {
            await team[person].Transitions.RequestAndWaitAsync(plan, trigger, cancellation: cancellation);
            throw new CommandFailedException($"{trigger} was expected to be blocked, and passed. This is a fault of the demo.");
        }
        catch (PlanningApiException e) when (e.Code == "transition_blocked")
        {
            script.Blocked(person, trigger, e.Errors);
        }
    }

    /// <summary>Every task of the backlog, begun and done within the cycle.</summary>
    private TaskProgressRequest[] Progress() =>
    [
        .. Enumerable.Range(1, 28).Select(i =>
        {
            var start = now.AddDays(-12 + (i * 7 % 8));
            return new TaskProgressRequest($"PLN-BE-{i:000}", start, start.AddHours(30 + (i * 11 % 50)));
        }),
    ];

    /// <summary>The shipped rulebook with its freezes a safe distance away, so that the demo runs on any day of the year.</summary>
    private Dictionary<string, string> Rulebook() => DefaultRulebook.Files.Bytes.ToDictionary(
        f => f.Key,
        f => System.Text.Encoding.UTF8.GetString(f.Value.Span) is var text && f.Key == RulebookFiles.Calendars
            ? DemoFiles.Moved(text, Today.AddDays(200).DayNumber - new DateOnly(2027, 12, 20).DayNumber)
            : text);

    private DateOnly Today => DateOnly.FromDateTime(now.UtcDateTime);

    private static string Short(string hash) => hash.Length > 19 ? hash[..19] + "…" : hash;
}

/// <summary>The ids of the entities that the story is about.</summary>
internal sealed record Told(string Cycle, string Plan, string Manifest);
