using System.Collections.Immutable;
using Planning.Artifacts;
using Planning.Domain;
using Planning.Domain.Gates;
using Planning.Domain.Governance;
using Planning.Domain.Plans;
using Planning.Domain.Rulebooks;
using Planning.Engine.Gates;
using Planning.Engine.Rulebooks;
using Planning.Engine.Tests.Gates.Support;
using Planning.Testing;

namespace Planning.Engine.Tests.Rulebooks;

public sealed class RulebookDryRunTests
{
    private static readonly Scripted Strict = new("strict", Gate.Finding("strict.wrong", line: 3)) { Scope = "" };
    private static readonly Scripted Lax = new("lax", Gate.Finding("lax.odd", Severity.Warning)) { Scope = "" };

    private readonly Workspace workspace = new();

    [Fact]
    public async Task A_gate_that_would_fail_is_told_with_its_validator_and_the_place_of_its_finding()
    {
        Add("pln_1");

        var page = await JudgeAsync(With(Lax), With(Strict));

        var plan = Assert.Single(page.Plans);
        var flip = Assert.Single(plan.Flips);
        Assert.Equal((new PlanId("pln_1"), Gate.Name, false), (plan.Plan, flip.Gate, flip.Passes));
        Assert.Equal(["strict: it has findings that fail the gate.", "be_backlog.yaml:3:1 strict.wrong: It is wrong. Mend it."], flip.Because.Select(b => b.Message));
    }

    [Fact]
    public async Task A_gate_that_would_pass_is_told_with_what_fails_now()
    {
        Add("pln_1");

        var flip = Assert.Single(Assert.Single((await JudgeAsync(With(Strict), With(Lax))).Plans).Flips);

        Assert.True(flip.Passes);
        Assert.Equal(["validator_failed", "finding"], flip.Because.Select(b => b.Code));
    }

    [Fact]
    public async Task A_plan_whose_verdicts_stay_is_counted_and_not_listed()
    {
        Add("pln_1");

        var page = await JudgeAsync(With(Strict), With(Strict, Lax));

        Assert.Equal((1, 0, null), (page.Judged, page.Plans.Length, page.Next));
    }

    [Fact]
    public async Task A_waiver_of_the_finding_keeps_the_verdict()
    {
        var waiver = new Waiver(Gate.Name, Gate.Finding("strict.wrong", line: 3).Fingerprint, "Known", Workspace.Now.AddDays(1), new PersonId("per_lead"));
        Add("pln_1", plan => plan with { Waivers = [waiver] });

        Assert.Empty((await JudgeAsync(With(Lax), With(Strict))).Plans);
    }

    [Fact]
    public async Task Governance_flips_with_the_rule_that_asks_for_more()
    {
        Add("pln_1", plan => plan with { GivenTags = ImmutableSortedDictionary<string, string>.Empty.Add("criticality", "0") });
        var shipped = DefaultRulebook.Load();
        var lenient = With(Lax) with { Governance = shipped.Governance with { Rules = [] } };

        var flip = Assert.Single(Assert.Single((await JudgeAsync(lenient, With(Lax) with { Governance = shipped.Governance })).Plans).Flips);

        Assert.Equal((null, false), (flip.Gate, flip.Passes));
        Assert.All(flip.Because, b => Assert.StartsWith("governance:critical_zero", b.Source, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_plan_that_waits_for_a_run_keeps_the_gate_it_asked_for()
    {
        workspace.Start(Add("pln_1"), Gate.Name);

        Assert.Empty((await JudgeAsync(With(Lax), With(Strict))).Plans);
    }

    [Fact]
    public async Task Nothing_is_written_however_much_is_found()
    {
        var plan = Add("pln_1");
        var key = EntityKey.Of(Workspace.Id, plan.Id);
        var (version, blobs) = ((await workspace.ReadAsync(key, default)).Version, workspace.Blobs.Count);
        var many = new Scripted("many", [.. Enumerable.Range(1, GateRunDecider.MaxFindings + 1).Select(line => Gate.Finding("many.wrong", line: line))]);

        Assert.Single((await JudgeAsync(With(Lax), With(many), validators: [Lax, many])).Plans);

        Assert.Equal((version, blobs), ((await workspace.ReadAsync(key, default)).Version, workspace.Blobs.Count));
        Assert.Null(workspace.ReportOf("gtr_dry_run"));
    }

    [Fact]
    public async Task A_page_that_takes_too_long_ends_and_says_where_to_go_on()
    {
        foreach (var id in new[] { "pln_1", "pln_2", "pln_3" })
            Add(id);
        var time = new FakeTime(Workspace.Now);
        var slow = new Scripted("slow", (_, _) =>
        {
            time.Advance(TimeSpan.FromSeconds(6));
            return Task.FromResult<IReadOnlyList<Finding>>([]);
        });

        var page = await JudgeAsync(With(Lax), With(slow), time, [Lax, slow], "pln_3", "pln_2", "pln_1");

        // Plan 3 took 6 s, plan 2 the second 6: the page's 10 are over.
        Assert.Equal((2, (long?)2), (page.Judged, page.Next));
    }

    [Fact]
    public async Task Results_that_are_kept_count()
    {
        Add("pln_1");
        var strict = new Scripted("strict", Gate.Finding("strict.wrong")) { Scope = "" };
        using var runner = Gate.Runner(workspace, [Lax, strict]);
        var dryRun = new RulebookDryRun(workspace, runner, new GateOptions(), TimeProvider.System);

        await dryRun.JudgeAsync(Workspace.Id, Open("pln_1"), With(Lax), With(strict), default);
        await dryRun.JudgeAsync(Workspace.Id, Open("pln_1"), With(Lax), With(strict), default);

        Assert.Equal(1, strict.Calls);
    }

    private Plan Add(string id, Func<Plan, Plan>? change = null) =>
        workspace.AddPlan((change ?? (p => p))(new Plan { Id = new PlanId(id), Stream = "payments" }), ("be_backlog.yaml", "a: 1"));

    private Rulebook With(params IValidator[] validators) => workspace.Rules.With([.. validators.Select(v => Gate.Validator(v.Type))]) with
    {
        Governance = DefaultRulebook.Load().Governance with { Rules = [] },
    };

    private async Task<DryRunPage> JudgeAsync(Rulebook holding, Rulebook other, TimeProvider? time = null, IValidator[]? validators = null, params string[] plans)
    {
        using var runner = Gate.Runner(workspace, validators ?? [Strict, Lax], time: time);
        var dryRun = new RulebookDryRun(workspace, runner, new GateOptions(), time ?? TimeProvider.System);
        return await dryRun.JudgeAsync(Workspace.Id, Open(plans.Length == 0 ? ["pln_1"] : plans), holding, other, default);
    }

    /// <summary>As the compliance list has them; plan N was created at position N.</summary>
    private static ComplianceReport Open(params string[] plans) => new(
        Position: 9, Workspace.Now, new ContentHash("sha256:rules"),
        [
            .. plans.Select(id => new PlanCompliance(
                new PlanId(id), id[^1] - '0', "", "payments", PlanStatus.Planned, default, Workspace.Now, [], [], Recorded: null)),
        ],
        Next: null);
}
