using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Planning.Domain;
using Planning.Domain.Refreshes;
using Planning.Engine.Entities;
using Planning.Engine.Trackers;
using Planning.Gateway.Tests.Support;
using Xunit;

namespace Planning.Gateway.Tests;

/// <summary>Messages of trackers over HTTP: open to everybody, believed for their signature.</summary>
public sealed class TrackerTests
{
    private static readonly WorkspaceId Workspace = new("default");

    [Fact]
    public async Task A_message_needs_a_signature_and_no_key_and_the_answer_tells_nothing()
    {
        await using var backend = await StartAsync();

        MustBeEmpty(await SendAsync(backend, "ops", "of no concern"));
        (await SendAsync(backend, "ops", "a lie", signature: null)).MustBe(401, "webhook_unsigned");
        (await SendAsync(backend, "ops", "a lie", signature: "forged")).MustBe(401, "webhook_signature_invalid");
        (await SendAsync(backend, "ops", "stale")).MustBe(401, "webhook_stale");
        (await SendAsync(backend, "ops", "nonsense")).MustBe(400, "webhook_malformed");
        (await SendAsync(backend, "nobody", "x")).MustBe(404, "tracker_unknown");
    }

    [Fact]
    public async Task What_is_refused_for_its_sender_is_no_matter_of_the_message()
    {
        await using var backend = await StartAsync();
        var links = await LinkAsync(backend);

        MustBeEmpty(await SendAsync(backend, "ops", "cancel"));

        Assert.Equal("cancel-1", Assert.Single((await links.FindAsync(Workspace, new("ops"), new RefreshId("rfr_1"), default))!.Ended));
    }

    [Fact]
    public async Task A_tracker_that_cannot_be_told_now_is_asked_to_send_again()
    {
        await using var backend = await StartAsync(new Spoken { Answer = new TrackerAnswer.NotNow("It is away.") });
        await LinkAsync(backend);

        var reply = await SendAsync(backend, "ops", "cancel");

        reply.MustBe(503, "tracker_unavailable");
        Assert.True(reply.Headers.ContainsKey("Retry-After"));
    }

    [Fact]
    public async Task What_is_too_long_and_what_comes_too_often_is_refused()
    {
        await using var backend = await StartAsync(options: new GatewayOptions { MaxJsonBodyBytes = 1024, RateLimits = new RateLimits { Webhooks = 2 } });

        Assert.Contains("max_json_body_bytes", (await SendAsync(backend, "ops", new string('x', 2000))).MustBe(413, "body_too_large").Detail, StringComparison.Ordinal);
        MustBeEmpty(await SendAsync(backend, "ops", "of no concern"));
        (await SendAsync(backend, "ops", "of no concern")).MustBe(429, "rate_limited");
    }

    private static Task<Backend> StartAsync(Spoken? tracker = null, GatewayOptions? options = null) =>
        Backend.StartAsync(options, pump: false, also: services => services.AddSingleton<ITracker>(tracker ?? new Spoken()));

    private static async Task<Reply> SendAsync(Backend backend, string tracker, string said, string? signature = "true")
    {
        using var body = new StringContent(said, Encoding.UTF8, "application/json");
        return await backend.SendAsync(HttpMethod.Post, $"/v1/trackers/{tracker}/webhooks", body, signature is null ? [] : [("X-Signature", signature)]);
    }

    /// <summary>A refresh that has an item.</summary>
    private static async Task<ITrackerLinks> LinkAsync(Backend backend)
    {
        var (id, start) = (new RefreshId("rfr_1"), TimeProvider.System.GetUtcNow().AddDays(1));
        var draft = new RefreshCommand.Draft(id, new("env_staging"), RefreshType.Reset, [], WithChildren: false, new(start, start.AddHours(1)), "Release", [], AtOnce: true);
        var asked = await backend.Services.GetRequiredService<IEntityHost>().SendAsync(
            new CommandRequest(EntityKey.Of(Workspace, id), draft, new Actor(new PersonId("rick"), ActorKind.Person, [Role.Planner]), "draft"), default);
        Assert.IsType<Answer.Accepted>(asked);
        var links = backend.Services.GetRequiredService<ITrackerLinks>();
        Assert.True(await links.SaveAsync(new TrackerLink(Workspace, new("ops"), id) { Item = new TrackedItem("7", "OPS-7") }, default));
        return links;
    }

    private static void MustBeEmpty(Reply reply) => Assert.Equal((HttpStatusCode.NoContent, ""), (reply.Status, reply.Body));

    /// <summary>A tracker whose messages are single words; what the real ones say, their own tests show.</summary>
    private sealed class Spoken : ITracker
    {
        public TrackerAnswer Answer { get; init; } = new TrackerAnswer.Done(new TrackedItem("7", "OPS-7"));
        public TrackerId Id { get; } = new("ops");
        public WorkspaceId Workspace => TrackerTests.Workspace;
        public TimeSpan Timeout => TimeSpan.FromSeconds(1);

        public ValueTask<TrackerAnswer> FindAsync(RefreshId refresh, CancellationToken cancellation) => new(Answer);

        public ValueTask<TrackerAnswer> CreateAsync(TrackedRefresh refresh, CancellationToken cancellation) => new(Answer);

        public ValueTask<TrackerAnswer> UpdateAsync(TrackedItem item, TrackedRefresh refresh, string? note, CancellationToken cancellation) => new(Answer);

        public TrackerReading Read(TrackerDelivery delivery, DateTimeOffset now) => (delivery.Header("x-signature"), Encoding.UTF8.GetString(delivery.Body.Span)) switch
        {
            (null, _) => new TrackerReading.Refused(TrackerFaults.Unsigned("X-Signature")),
            (not "true", _) => new TrackerReading.Refused(TrackerFaults.WrongSignature("X-Signature")),
            (_, "stale") => new TrackerReading.Refused(TrackerFaults.Stale(now, TimeSpan.FromHours(1))),
            (_, "nonsense") => new TrackerReading.Refused(TrackerFaults.Malformed("nonsense.")),
            (_, "cancel") => new TrackerReading.Heard(new TrackerSignal("cancel-1", "7", 1, TrackerWish.Cancel, "somebody", By: null, "OPS-7 was set to 'Cancelled'.")),
            _ => new TrackerReading.Ignored("Of no concern."),
        };
    }
}
