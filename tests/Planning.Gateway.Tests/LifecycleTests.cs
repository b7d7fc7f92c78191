using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Planning.Client;
using Planning.Contracts;
using Planning.Engine.Handoff.Packs;
using Planning.Gateway.Tests.Support;
using Xunit;

namespace Planning.Gateway.Tests;

/// <summary>The whole way of a plan, over HTTP and through the SDK.</summary>
public class LifecycleTests : IAsyncLifetime
{
    private Backend backend = null!;
    private Story story = null!;

    public async Task InitializeAsync()
    {
        backend = await StartAsync();
        story = new Story(backend);
    }

    public virtual async Task DisposeAsync()
    {
        story.Dispose();
        await backend.DisposeAsync();
    }

    /// <summary>The same whole way has to be possible over either host.</summary>
    internal virtual Task<Backend> StartAsync() => Backend.StartAsync();

    [Fact]
    public async Task A_plan_is_checked_packed_signed_approved_executed_validated_improved_and_reported()
    {
        var manifest = await story.SealedAsync();
        await story.ExecutedAsync(manifest);
        var cycle = await story.ClosedAsync();

        Assert.True(manifest.Sealed);
        Assert.Empty(manifest.MissingSigners);
        Assert.Equal("COMPLETED", (await story.Ada.Plans.GetAsync(story.PlanId)).Status);
        Assert.Equal([8m, 13m], (await story.Ada.Executions.ListAsync(story.PlanId)).Items.Single().Tasks.Select(t => t.Points!.Value));
        Assert.False(cycle.Open);
        Assert.Contains("One", await story.Root.Cycles.GetDigestMarkdownAsync(story.CycleId), StringComparison.Ordinal);
        using var digest = JsonDocument.Parse((await story.Root.Cycles.GetDigestJsonAsync(story.CycleId)).Bytes);
        Assert.Equal(JsonValueKind.Object, digest.RootElement.ValueKind);
    }

    [Fact]
    public async Task The_document_is_the_very_bytes_that_are_signed_and_the_pack_can_be_verified()
    {
        var manifest = await story.SealedAsync();
        var document = await story.Ada.Manifests.GetDocumentAsync(manifest.Id);
        var pack = await story.Ada.Manifests.GetPackAsync(manifest.Id);

        Assert.Equal(manifest.Digest, "sha256:" + Convert.ToHexStringLower(SHA256.HashData(document.Bytes.Span)));
        Assert.IsType<PackVerdict.Verified>(PackVerifier.Verify(pack.Bytes, TrustedKeys.Of(story.Lead.Fingerprint, story.Reviewer.Fingerprint)));
    }

    [Fact]
    public async Task What_a_critical_plan_lacks_is_said_all_at_once()
    {
        await story.PackagedAsync();

        var blocked = await Assert.ThrowsAsync<PlanningApiException>(() => story.Release.Transitions.RequestAndWaitAsync(story.PlanId, "begin_execution"));

        Assert.Equal("transition_blocked", blocked.Code);
        Assert.Equal(["manifest_not_sealed", "approvals_missing", "board_decision_missing"], blocked.Errors.Select(e => e.Code));
        Assert.Equal("PACKAGED", (await story.Ada.Plans.GetAsync(story.PlanId)).Status);
    }

    [Fact]
    public async Task An_unknown_key_a_second_signature_and_the_author_are_each_refused()
    {
        using var stranger = new Signer("tom", "technical_reviewer");
        using var author = new Signer("ada", "planning_lead");
        using var second = new Signer("lea", "technical_reviewer");
        var manifest = await story.PackagedAsync();
        await author.RegisterAsync(story.Root);
        await second.RegisterAsync(story.Root);
        await story.Lead.SignAsync(backend, manifest);

        await RefusedAsync(() => stranger.SignAsync(backend, manifest), 422, "signer_unknown");
        await RefusedAsync(() => author.SignAsync(backend, manifest), 403, "author_cannot_sign");
        await RefusedAsync(() => second.SignAsync(backend, manifest), 409, "already_signed");
        await RefusedAsync(() => backend.As("tom", "technical_reviewer").Manifests.SignAsync(manifest.Id, story.Lead.Signature(manifest)), 403, "role_missing");
        await RefusedAsync(() => story.Ada.Manifests.GetPackAsync(manifest.Id), 409, "manifest_not_sealed");
        Assert.Equal(2, (await story.Ada.Manifests.GetAsync(manifest.Id)).Version);
    }

    [Fact]
    public async Task A_report_on_a_task_that_nobody_planned_is_refused_with_its_id()
    {
        var manifest = await story.SealedAsync();
        await story.ExecutedAsync(manifest);
        var before = await story.Ada.Plans.GetAsync(story.PlanId);

        var refused = await Assert.ThrowsAsync<PlanningApiException>(() => story.Release.Executions.ReportAsync(
            story.PlanId, new ReportExecutionRequest("production", "succeeded", Tasks: [new TaskProgressRequest("PLN-BE-009", DateTimeOffset.UnixEpoch)])));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "task_unknown"), (refused.Status, refused.Code));
        Assert.Contains("PLN-BE-009", refused.Errors.Single().Message, StringComparison.Ordinal);
        Assert.Equal(before.Version, (await story.Ada.Plans.GetAsync(story.PlanId)).Version);
    }

    [Fact]
    public async Task A_cycle_whose_notes_cannot_be_read_stays_open()
    {
        await story.CreatedAsync();
        await RefusedAsync(() => story.Root.Cycles.CloseAsync(story.CycleId, new CloseCycleRequest()), 409, "next_cycle_missing");
        var next = await story.Root.Cycles.OpenAsync(new OpenCycleRequest("Two", new DateOnly(2026, 1, 15), new DateOnly(2026, 1, 28), Follows: story.CycleId));

        await RefusedAsync(() => story.Root.Cycles.CloseAsync(story.CycleId, new CloseCycleRequest(next.Id, "risks: [")), 422, "artifact_invalid");
        await RefusedAsync(() => story.Root.Cycles.GetDigestMarkdownAsync(story.CycleId), 409, "cycle_open");
        Assert.True((await story.Root.Cycles.GetAsync(story.CycleId)).Open);

        var closed = await story.Root.Cycles.CloseAsync(story.CycleId, new CloseCycleRequest(next.Id));
        Assert.Equal([story.PlanId], closed.CarriedOver!);
    }

    [Fact]
    public async Task A_rulebook_with_errors_is_refused_with_file_line_and_column_and_the_old_one_holds()
    {
        var shipped = await story.Root.Rulebook.GetAsync();
        var files = new Dictionary<string, string>(shipped.Files) { ["kpis.yaml"] = shipped.Files["kpis.yaml"].Replace("formula:", "formular:", StringComparison.Ordinal) };

        var refused = await Assert.ThrowsAsync<PlanningApiException>(() => story.Root.Rulebook.ActivateAsync(files));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "rulebook_invalid"), (refused.Status, refused.Code));
        Assert.All(refused.Errors, e => Assert.True(e is { File: "kpis.yaml", Line: > 0, Column: > 0 }, e.ToString()));
        Assert.True((await story.Root.Rulebook.GetAsync()).Shipped);

        files["kpis.yaml"] = shipped.Files["kpis.yaml"] + "# Ours.\n";
        var ours = await story.Root.Rulebook.ActivateAsync(files);
        Assert.NotEqual(shipped.Hash, ours.Hash);
        Assert.Equal(files["kpis.yaml"], (await story.Root.Rulebook.GetAsync()).Files["kpis.yaml"]);
    }

    private static async Task RefusedAsync(Func<Task> act, int status, string code)
    {
        var refused = await Assert.ThrowsAsync<PlanningApiException>(act);
        Assert.Equal((status, code), ((int)refused.Status, refused.Code));
    }
}
