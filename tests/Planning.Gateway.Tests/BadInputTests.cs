using System.Text;
using Planning.Client;
using Planning.Contracts;
using Planning.Gateway.Tests.Support;
using Xunit;

namespace Planning.Gateway.Tests;

/// <summary>Each bad input has its own clear refusal, and leaves no trace of a half-done change.</summary>
public sealed class BadInputTests : IAsyncLifetime
{
    private Backend backend = null!;
    private PlanView plan = null!;

    public async Task InitializeAsync()
    {
        backend = await Backend.StartAsync();
        plan = await backend.NewPlanAsync();
    }

    /// <summary>Whatever was refused, the plan is as it was, and the log has not grown.</summary>
    public async Task DisposeAsync()
    {
        Assert.Equal(plan.Version, (await backend.As("ada").Plans.GetAsync(plan.Id)).Version);
        Assert.Equal(plan.Position, await backend.Log.HeadAsync(0, default));
        await backend.DisposeAsync();
    }

    [Theory]
    [InlineData("{", "malformed_json", "line 1, column 2")]
    [InlineData("{\"title\": \"x\",\n  oops}", "malformed_json", "line 2, column 3")]
    [InlineData("{\"title\":\"x\"} {}", "malformed_json", "line 1, column 15")]
    [InlineData("", "body_missing", "JSON body")]
    [InlineData("{\"title\":\"a\",\n\"title\":\"b\"}", "duplicate_key", "'title' stands twice, again at line 2, column 1")]
    [InlineData("{\"tags\":{\"compliance\":\"sox\",\"compliance\":\"none\"}}", "duplicate_key", "'compliance'")]
    [InlineData("{\"title\":\"a\\u0000b\"}", "nul_character", "line 1, column 12")]
    [InlineData("{\"title\":\"\\ud83d\"}", "lone_surrogate", "line 1, column 11")]
    [InlineData("{\"title\":\"\\udc00\\ud83d\"}", "lone_surrogate", "half of a surrogate pair")]
    public async Task A_body_that_is_no_proper_json_is_refused_with_its_place(string body, string code, string place) =>
        Assert.Contains(place, (await PatchAsync(body)).MustBe(400, code).Detail, StringComparison.Ordinal);

    [Theory]
    [InlineData("/v1/plans?q=payments", "parameter_unknown", "author, cursor, cycle_id, limit, min_position, priority, status, stream, tag, text")]
    [InlineData("/v1/plans/x/gate-runs?plan_id=x", "parameter_unknown", "it has cursor, limit, min_position")]
    [InlineData("/v1/api-keys?limit=1", "parameter_unknown", "it has none")]
    [InlineData("/v1/plans?priority=high", "parameter_invalid", "priority is 'high'; it is a whole number")]
    [InlineData("/v1/plans?status=PLANNED&status=PACKAGED", "parameter_invalid", "status is given more than once")]
    [InlineData("/v1/events?after=1.5", "parameter_invalid", "after is '1.5'")]
    public async Task A_query_parameter_that_the_address_cannot_use_is_refused_by_name(string address, string code, string named) =>
        Assert.Contains(named, (await backend.SendAsync(HttpMethod.Get, address)).MustBe(400, code).Detail, StringComparison.Ordinal);

    [Fact]
    public async Task A_body_that_is_not_utf_8_is_refused_with_its_place()
    {
        byte[] body = [.. "{\"title\":\"caf"u8, 0xE9, .. "\"}"u8];

        var reply = await backend.SendAsync(HttpMethod.Patch, $"/v1/plans/{plan.Id}", Backend.Json(body));

        Assert.Contains("line 1, column 14", reply.MustBe(400, "invalid_utf8").Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_nul_byte_in_a_body_is_refused() =>
        (await backend.SendAsync(HttpMethod.Patch, $"/v1/plans/{plan.Id}", Backend.Json([.. "{\"title\":\"a"u8, 0, .. "\"}"u8]))).MustBe(400, "nul_character");

    [Fact]
    public async Task A_body_that_nests_too_deep_is_refused_with_the_limits_name() =>
        Assert.Contains("max_json_depth", (await PatchAsync(new string('[', 1000))).MustBe(400, "json_too_deep").Detail, StringComparison.Ordinal);

    [Theory]
    [InlineData("{\"titel\":\"x\"}", "unknown_field", "There is no field 'titel' here", "/titel")]
    [InlineData("{\"window\":{\"start\":\"2026-01-01\",\"end\":\"2026-01-02\",\"zone\":\"x\"}}", "unknown_field", "'zone'", "/window/zone")]
    [InlineData("{\"priority\":\"high\"}", "invalid_value", "'priority' must be a whole number", "/priority")]
    [InlineData("{\"window\":{\"start\":\"soon\",\"end\":\"2026-01-02\"}}", "invalid_value", "'window.start' must be a date", "/window/start")]
    [InlineData("{\"window\":{\"start\":\"2026-01-02\"}}", "missing_field", "'end' is missing", "/window/end")]
    [InlineData("{\"tags\":{\"compliance\":1}}", "invalid_value", "must be a string", "/tags/compliance")]
    [InlineData("[]", "invalid_value", "The body must be an object", "")]
    [InlineData("null", "invalid_value", "null", null)]
    public async Task A_field_that_does_not_fit_is_refused_by_its_name(string body, string code, string says, string? source)
    {
        var problem = (await PatchAsync(body)).MustBe(422, code);

        Assert.Contains(says, problem.Detail, StringComparison.Ordinal);
        if (source is not null)
            Assert.Equal(source, problem.Errors.Single().Source);
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_said_at_once()
    {
        var problem = (await backend.PostAsync("/v1/plans", "{\"titel\":\"x\",\"priority\":true}")).MustBe(422, "unknown_field");

        Assert.Equal(["unknown_field", "invalid_value", "missing_field", "missing_field"], problem.Errors.Select(e => e.Code));
    }

    [Fact]
    public async Task A_body_of_another_type_is_refused() =>
        (await backend.SendAsync(HttpMethod.Patch, $"/v1/plans/{plan.Id}", new StringContent("title: x", Encoding.UTF8, "application/yaml"))).MustBe(415, "content_type_unsupported");

    [Fact]
    public async Task A_json_body_beyond_the_limit_is_refused_with_the_limits_name()
    {
        var reply = await PatchAsync($"{{\"title\":\"{new string('x', 2 * 1024 * 1024)}\"}}");

        Assert.Equal("max_json_body_bytes", reply.MustBe(413, "body_too_large").Errors.Single().Source);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_artifact_of_100_megabytes_is_refused_with_the_limits_name(bool lengthIsTold)
    {
        var bytes = new ReadOnlyMemoryContent(new byte[100 * 1024 * 1024]);
        HttpContent body = lengthIsTold ? bytes : new StreamContent(new UnknownLength(bytes.ReadAsStream()));
        try
        {
            var reply = await backend.SendAsync(HttpMethod.Put, $"/v1/plans/{plan.Id}/artifacts/big.bin", body, ("Expect", "100-continue"));
            Assert.Equal("max_bytes", reply.MustBe(413, "body_too_large").Errors.Single().Source);
        }
        catch (HttpRequestException) when (!lengthIsTold)
        {
            // The server may cut off a sender that goes on sending; that nothing was kept is checked at the end in any case.
        }
    }

    [Fact]
    public async Task An_unknown_trigger_is_refused_with_those_that_there_are() =>
        Assert.Contains("validate_complete", (await TransitionAsync("{\"trigger\":\"launch\"}")).MustBe(422, "unknown_trigger").Detail, StringComparison.Ordinal);

    [Fact]
    public async Task An_illegal_transition_is_refused_with_those_that_are_allowed() =>
        Assert.Contains("validate_complete", (await TransitionAsync("{\"trigger\":\"begin_execution\"}")).MustBe(409, "illegal_transition").Detail, StringComparison.Ordinal);

    [Fact]
    public async Task A_stale_if_match_is_refused_with_the_present_version()
    {
        var reply = await backend.SendAsync(HttpMethod.Patch, $"/v1/plans/{plan.Id}", Backend.Json("{\"title\":\"x\"}"), ("If-Match", "\"7\""));

        Assert.Equal(plan.Version, reply.MustBe(412, "version_mismatch").Version);
    }

    [Theory]
    [InlineData("7")]
    [InlineData("W/\"1\"")]
    [InlineData("\"one\"")]
    public async Task An_if_match_that_is_no_etag_is_refused(string header) =>
        (await backend.SendAsync(HttpMethod.Patch, $"/v1/plans/{plan.Id}", Backend.Json("{\"title\":\"x\"}"), ("If-Match", header))).MustBe(400, "if_match_invalid");

    [Theory]
    [InlineData("gate-outcome/evt_1/0")]
    [InlineData("with space")]
    public async Task An_idempotency_key_that_is_none_is_refused(string key) =>
        (await backend.SendAsync(HttpMethod.Patch, $"/v1/plans/{plan.Id}", Backend.Json("{\"title\":\"x\"}"), ("Idempotency-Key", key))).MustBe(400, "idempotency_key_invalid");

    [Fact]
    public async Task An_idempotency_key_that_is_too_long_is_refused() => await An_idempotency_key_that_is_none_is_refused(new string('k', 201));

    [Fact]
    public async Task A_missing_plan_artifact_and_route_are_each_not_found()
    {
        (await backend.SendAsync(HttpMethod.Get, "/v1/plans/pln_none")).MustBe(404, "plan_not_found");
        (await backend.SendAsync(HttpMethod.Get, $"/v1/plans/{plan.Id}/artifacts/none.yaml")).MustBe(404, "artifact_not_found");
        (await backend.SendAsync(HttpMethod.Put, "/v1/plans/pln_none/artifacts/a.yaml", new StringContent("a: 1"))).MustBe(404, "plan_not_found");
        (await backend.SendAsync(HttpMethod.Delete, $"/v1/plans/{plan.Id}/artifacts/none.yaml")).MustBe(404, "artifact_not_found");
        (await backend.SendAsync(HttpMethod.Get, "/v1/planes")).MustBe(404, "route_not_found");
        (await backend.SendAsync(HttpMethod.Delete, "/v1/plans")).MustBe(405, "method_not_allowed");
    }

    [Fact]
    public async Task The_author_cannot_approve_and_a_service_or_a_stranger_to_the_role_neither()
    {
        const string approval = "{\"kind\":\"approval\",\"verdict\":\"approved\"}";

        (await backend.PostAsync($"/v1/plans/{plan.Id}/approvals", approval, ("Planning-Actor", "ada;roles=approver"))).MustBe(403, "author_cannot_approve");
        (await backend.PostAsync($"/v1/plans/{plan.Id}/approvals", approval, ("Planning-Actor", "bob;roles=planner"))).MustBe(403, "role_missing");
    }

    [Theory]
    [InlineData("limit=0", "limit_invalid")]
    [InlineData("status=DONE", "filter_invalid")]
    [InlineData("tag=sox", "filter_invalid")]
    public async Task A_list_with_a_wrong_filter_is_refused(string query, string code) =>
        (await backend.SendAsync(HttpMethod.Get, $"/v1/plans?{query}")).MustBe(422, code);

    [Fact]
    public async Task A_manifest_that_never_comes_is_not_found_when_the_wait_is_over()
    {
        var reply = await backend.SendAsync(HttpMethod.Get, "/v1/manifests/hnd_x/document", headers: ("Prefer", "wait=1"));

        reply.MustBe(404, "manifest_not_found");
    }

    [Fact]
    public async Task A_private_key_is_refused_and_its_owner_told_that_it_is_spent()
    {
        using var rsa = System.Security.Cryptography.RSA.Create(3072);
        var body = System.Text.Json.JsonSerializer.Serialize(new { public_key_pem = rsa.ExportPkcs8PrivateKeyPem(), person = "lea", role = "planning_lead", valid_to = "2099-01-01T00:00:00Z" });

        var problem = (await backend.PostAsync("/v1/keys", body)).MustBe(422, "private_key_posted");

        Assert.DoesNotContain("MII", problem.Detail, StringComparison.Ordinal);
        Assert.Empty((await backend.As("root").Keys.ListAsync()).Items);
    }

    [Fact]
    public async Task A_foreign_cursor_is_refused() => (await backend.SendAsync(HttpMethod.Get, "/v1/plans?cursor=foreign")).MustBe(400, "cursor_invalid");

    private Task<Reply> PatchAsync(string body) => backend.SendAsync(HttpMethod.Patch, $"/v1/plans/{plan.Id}", Backend.Json(body));

    private Task<Reply> TransitionAsync(string body) => backend.PostAsync($"/v1/plans/{plan.Id}/transitions", body);

    private sealed class UnknownLength(Stream inner) : Stream
    {
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);
        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
