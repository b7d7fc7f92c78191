using System.Text;
using Planning.Client;
using Planning.Contracts;
using Planning.Engine.Intake;
using Planning.Gateway.Tests.Support;
using Planning.Testing;
using Xunit;

namespace Planning.Gateway.Tests;

/// <summary>Files of plans: kept as received, read for facts, refused only where they cannot be kept.</summary>
public sealed class ArtifactTests : IAsyncLifetime
{
    private const string Backlog = """
        version: 1.0.0
        generated_at: 2024-01-15T10:00:00Z
        tags: {compliance: sox, criticality: "1"}
        plan: {start: 2026-01-05, end: 2026-01-16}
        tasks:
          - {id: PLN-BE-001, title: Event Bus, description: d, effort_points: 8, priority: P0, dependencies: []}
          - {id: PLN-BE-002, title: State Machine, description: d, effort_points: 13, priority: P1, dependencies: [PLN-BE-001]}
        """;

    private Backend backend = null!;
    private PlanningClient ada = null!;
    private PlanView plan = null!;

    public async Task InitializeAsync()
    {
        backend = await Backend.StartAsync();
        ada = backend.As("ada");
        plan = await backend.NewPlanAsync();
    }

    public async Task DisposeAsync() => await backend.DisposeAsync();

    [Fact]
    public async Task Bytes_come_back_as_they_were_sent()
    {
        byte[] bytes = [0xEF, 0xBB, 0xBF, .. "a:   1 # é\r\n"u8];

        var attached = await ada.Artifacts.AttachAsync(plan.Id, "folder/config.yaml", bytes);
        var back = await ada.Artifacts.GetAsync(plan.Id, "folder/config.yaml");

        Assert.Equal(bytes, back.Bytes.ToArray());
        Assert.Equal((attached.Hash, "application/yaml", "yaml"), (back.ETag, back.ContentType, attached.Kind));
    }

    [Fact]
    public async Task A_backlog_gives_the_plan_its_tags_size_priority_and_window()
    {
        await ada.Artifacts.AttachAsync(plan.Id, "be_backlog.yaml", Encoding.UTF8.GetBytes(Backlog), strict: true);
        var after = await ada.Plans.GetAsync(plan.Id);

        Assert.Equal((2, 21m, 0), (after.TaskCount, after.Points, after.Priority));
        Assert.Equal("sox", after.Tags["compliance"]);
        Assert.Equal(new PlanWindow(new DateOnly(2026, 1, 5), new DateOnly(2026, 1, 16)), after.Window);
    }

    [Fact]
    public async Task Evidence_is_no_part_of_the_content()
    {
        var attached = await ada.Artifacts.AttachEvidenceAsync(plan.Id, "coverage.xml", "<coverage/>"u8.ToArray());

        Assert.True(attached.Evidence);
        Assert.Equal(plan.ContentHash, attached.ContentHash);
        Assert.Equal("artifact_not_found", (await Assert.ThrowsAsync<PlanningApiException>(() => ada.Artifacts.GetAsync(plan.Id, "coverage.xml"))).Code);
    }

    [Fact]
    public async Task Broken_yaml_is_attached_with_its_findings_for_the_gate_to_fail_on()
    {
        var attached = await ada.Artifacts.AttachAsync(plan.Id, "broken.yaml", "a: 1\nb: [1, 2\n"u8.ToArray());

        var finding = Assert.Single(attached.Findings, f => f.Severity == "error");
        Assert.True(finding is { File: "broken.yaml", Line: > 0, Column: > 0 } && finding.Advice.Length > 0, finding.ToString());
    }

    [Fact]
    public async Task Broken_yaml_is_refused_where_the_caller_is_strict()
    {
        var refused = await Assert.ThrowsAsync<PlanningApiException>(() => ada.Artifacts.AttachAsync(plan.Id, "broken.yaml", "a: [1"u8.ToArray(), strict: true));

        Assert.Equal((422, "artifact_invalid"), ((int)refused.Status, refused.Code));
        await NothingHappenedAsync();
    }

    [Theory]
    [InlineData("bomb.yaml", "a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]\n", "artifact_limit_exceeded", "max_alias_expansion")]
    [InlineData("nul.yaml", "a: b\0c\n", "artifact_not_text", "parse.nul")]
    [InlineData("surrogate.json", "{\"a\": \"\\ud800\"}", "artifact_not_text", "parse.surrogate")]
    public async Task What_exceeds_a_limit_or_is_no_text_is_refused_by_name(string name, string text, string code, string says)
    {
        var refused = await Assert.ThrowsAsync<PlanningApiException>(() => ada.Artifacts.AttachAsync(plan.Id, name, Encoding.UTF8.GetBytes(text)));

        Assert.Equal((422, code), ((int)refused.Status, refused.Code));
        Assert.Contains(refused.Errors, e => e.Code == says || e.Source == says);
        await NothingHappenedAsync();
    }

    [Fact]
    public async Task What_is_not_utf_8_or_too_deep_is_refused_by_name()
    {
        var latin = await Assert.ThrowsAsync<PlanningApiException>(() => ada.Artifacts.AttachAsync(plan.Id, "a.md", new byte[] { (byte)'a', 0xE9, (byte)'b' }));
        var deep = await Assert.ThrowsAsync<PlanningApiException>(() => ada.Artifacts.AttachAsync(plan.Id, "a.json", Encoding.UTF8.GetBytes(new string('[', 100) + new string(']', 100))));

        Assert.Equal("artifact_not_text", latin.Code);
        Assert.Equal("max_depth", deep.Errors.Single().Source);
        await NothingHappenedAsync();
    }

    [Theory]
    [InlineData("../etc/passwd")]
    [InlineData("a/./b.yaml")]
    [InlineData("a//b.yaml")]
    [InlineData("/a.yaml")]
    [InlineData("a%2Fb.yaml")]
    [InlineData("C:\\a.yaml")]
    [InlineData("a\nb.yaml")]
    [InlineData("")]
    public void A_name_that_is_no_plain_path_is_refused(string name) => Assert.Equal("artifact_name_invalid", ArtifactNames.Refuse(name)!.Code);

    [Fact]
    public async Task A_refused_name_leaves_no_trace()
    {
        (await backend.SendAsync(HttpMethod.Put, $"/v1/plans/{plan.Id}/artifacts/a%2Fb.yaml", new StringContent("a: 1"))).MustBe(422, "artifact_name_invalid");
        await NothingHappenedAsync();
    }

    [Fact]
    public async Task An_artifact_that_is_sent_again_is_one_change_and_can_be_removed_once()
    {
        var once = await ada.Artifacts.AttachAsync(plan.Id, "a.yaml", "a: 1"u8.ToArray(), command: new CommandOptions { IdempotencyKey = "k" });
        var again = await ada.Artifacts.AttachAsync(plan.Id, "a.yaml", "a: 1"u8.ToArray(), command: new CommandOptions { IdempotencyKey = "k" });
        var other = await Assert.ThrowsAsync<PlanningApiException>(() => ada.Artifacts.AttachAsync(plan.Id, "a.yaml", "a: 2"u8.ToArray(), command: new CommandOptions { IdempotencyKey = "k" }));
        var removal = new CommandOptions { IdempotencyKey = "r" };
        var removed = await ada.Artifacts.RemoveAsync(plan.Id, "a.yaml", removal);
        var removedAgain = await ada.Artifacts.RemoveAsync(plan.Id, "a.yaml", removal);

        Assert.Equal((once.Version, once.Position), (again.Version, again.Position));
        Assert.Equal("idempotency_key_reused", other.Code);
        Assert.Empty(removed.Artifacts);
        Assert.Equal(removed.Version, removedAgain.Version);
    }

    [SharedDataFact("keps")]
    public async Task All_proposals_of_a_large_project_can_be_attached()
    {
        var files = Directory.EnumerateFiles(SharedData.At("keps"), "*.*", SearchOption.AllDirectories).Where(f => Path.GetExtension(f) is ".yaml" or ".yml" or ".md" or ".json").ToArray();
        foreach (var file in files)
        {
            var name = Path.GetRelativePath(SharedData.At("keps"), file);
            var attached = await ada.Artifacts.AttachAsync(plan.Id, name, await File.ReadAllBytesAsync(file));
            Assert.All(attached.Findings, f => Assert.True(f is { Line: > 0, Column: > 0 }, f.ToString()));
        }

        Assert.Equal(files.Length, (await ada.Plans.GetAsync(plan.Id)).Artifacts.Count);
    }

    private async Task NothingHappenedAsync() => Assert.Equal(plan.Version, (await ada.Plans.GetAsync(plan.Id)).Version);
}
