using System.Net;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Planning.Contracts;
using Planning.Gateway.Tests.Support;
using Planning.Testing;
using Planning.Testing.Fuzzing;
using Xunit;
using Xunit.Abstractions;

namespace Planning.Gateway.Tests;

/// <summary>Real files with random damage, sent to the gateway: it takes or refuses them, and never says that it has failed.</summary>
public sealed class DamagedInputTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int CasesPerSeed = 40;
    private const int ManyPerSecond = 1_000_000;

    private static readonly (string Name, byte[] Bytes)[] Examples =
        [.. Directory.GetFiles(Repository.At("schemas", "examples", "payments-q1")).Order(StringComparer.Ordinal).Select(path => (Path.GetFileName(path), File.ReadAllBytes(path)))];

    private Backend backend = null!;

    public async Task InitializeAsync() => backend = await Backend.StartAsync(
        new GatewayOptions { KeyCacheTime = TimeSpan.Zero, RateLimits = new RateLimits { Uploads = ManyPerSecond, Administration = ManyPerSecond } });

    public async Task DisposeAsync() => await backend.DisposeAsync();

    [Fact]
    public async Task A_damaged_artifact_is_kept_with_findings_inside_it_or_refused()
    {
        var plan = await backend.NewPlanAsync();
        var cases = Gen.Choose(0, Examples.Length - 1).SelectMany(index => Damages(6).Select(list => (index, list)));
        Check("damaged artifacts over HTTP", cases, async one =>
        {
            var (name, bytes) = (Examples[one.index].Name, Damaged(Examples[one.index].Bytes, one.list));
            var reply = await backend.SendAsync(HttpMethod.Put, $"/v1/plans/{plan.Id}/artifacts/{name}", new ByteArrayContent(bytes), (PlanningHeaders.Actor, "ada"));
            if (TakenIn(reply))
                Assert.All(reply.Json.GetProperty("findings").EnumerateArray(), finding => AssertInside(finding, bytes));
        });
    }

    [Fact]
    public async Task A_damaged_rulebook_has_findings_inside_its_files_or_is_refused()
    {
        var shipped = (await backend.As("root").Rulebook.GetAsync()).Files.OrderBy(f => f.Key, StringComparer.Ordinal).ToArray();
        var cases = Gen.Choose(0, shipped.Length - 1).SelectMany(index => Damages(4).Select(list => (index, list)));
        Check("damaged rulebooks over HTTP", cases, async one =>
        {
            var name = shipped[one.index].Key;
            var text = Encoding.UTF8.GetString(Damaged(Encoding.UTF8.GetBytes(shipped[one.index].Value), one.list));
            var body = JsonSerializer.Serialize(new { files = shipped.ToDictionary(f => f.Key, f => f.Key == name ? text : f.Value) });
            var reply = await backend.PostAsync("/v1/rulebooks/validate", body, (PlanningHeaders.Actor, "root"));
            if (!TakenIn(reply))
                return;
            foreach (var finding in reply.Json.GetProperty("findings").EnumerateArray())
            {
                var file = Assert.Single(shipped, f => f.Key == finding.GetProperty("file").GetString());
                AssertInside(finding, Encoding.UTF8.GetBytes(file.Key == name ? text : file.Value));
            }
        });
    }

    [Fact]
    public async Task A_damaged_body_is_taken_or_refused()
    {
        var shipped = (await backend.As("root").Rulebook.GetAsync()).Files;
        (string Path, string Body)[] requests =
        [
            ("/v1/cycles", """{"name": "One", "starts_on": "2027-01-04", "ends_on": "2027-01-15", "goals": ["pay"]}"""),
            ("/v1/plans", """{"title": "A plan", "stream": "payments", "tags": {"compliance": "sox"}, "priority": 1, "window": {"start": "2027-01-04", "end": "2027-01-15"}}"""),
            ("/v1/environments", """{"name": "Staging", "owner_group": "platform", "zone": "Europe/Berlin", "user_groups": ["payments"], "maintenance_windows": []}"""),
            ("/v1/rulebooks", JsonSerializer.Serialize(new { files = shipped.ToDictionary(f => f.Key, f => f.Value + "# Ours.\n") })),
        ];
        // Damage to what would be refused anyway would show nothing.
        foreach (var (path, body) in requests)
            Assert.True(TakenIn(await PostAsync(path, Encoding.UTF8.GetBytes(body))), $"{path} {body}");
        var cases = Gen.Choose(0, requests.Length - 1).SelectMany(index => Damages(3).Select(list => (index, list)));
        Check("damaged bodies over HTTP", cases, async one =>
            TakenIn(await PostAsync(requests[one.index].Path, Damaged(Encoding.UTF8.GetBytes(requests[one.index].Body), one.list))));
    }

    private Task<Reply> PostAsync(string path, byte[] body) => backend.SendAsync(HttpMethod.Post, path, Backend.Json(body), (PlanningHeaders.Actor, "root;groups=platform"));

    private void Check<T>(string what, Gen<T> cases, Func<T, Task> holdsAsync)
    {
        output.Say(FuzzSeeds.Told(what, CasesPerSeed));
        foreach (var seed in FuzzSeeds.All)
            Prop.ForAll(Arb.From(cases), holdsAsync).Check(Config.QuickThrowOnFailure.WithMaxTest(CasesPerSeed).WithReplay(new Replay(new Rnd(seed), null)));
    }

    private static Gen<Mutation[]> Damages(int max) =>
        Gen.ListOf(Gen.Choose(0, 1_000_000).Two().Select(pair => new Mutation(pair.Item1, pair.Item2))).Select(list => list.Take(max).ToArray());

    private static byte[] Damaged(byte[] bytes, Mutation[] damages) => damages.Aggregate(bytes, (now, damage) => damage.Apply(now));

    /// <summary>Whether it was; a refusal is one that says what to do.</summary>
    private static bool TakenIn(Reply reply)
    {
        if (reply.Status is HttpStatusCode.OK or HttpStatusCode.Created)
            return true;
        Assert.InRange((int)reply.Status, 400, 422);
        reply.MustBe((int)reply.Status, reply.Problem.Code);
        return false;
    }

    private static void AssertInside(JsonElement finding, byte[] bytes) =>
        Assert.True(FilePlace.IsInside(bytes, finding.GetProperty("line").GetInt32(), finding.GetProperty("column").GetInt32()), finding.ToString());
}
