using System.Collections.Concurrent;
using System.Security.Cryptography;
using Planning.Client;
using Planning.Contracts;
using Planning.Crash.Tests.Support;
using Planning.Domain;
using Planning.Domain.Handoff;
using Planning.Domain.Rulebooks;

namespace Planning.Crash.Tests.Load;

/// <summary>The people who work on plans, each as a caller of the real SDK, and the keys of those who sign.</summary>
internal sealed class Team : IDisposable
{
    public const string Planner = "mara;roles=planner";
    public const string Admin = "ada;roles=admin";
    public const string Lead = "lena;roles=planning_lead";
    public const string Reviewer = "tomasz;roles=technical_reviewer";
    public const string ReleaseManager = "rik;roles=release_manager";
    public const string Executor = "deployer;roles=executor";

    private readonly ConcurrentDictionary<string, PlanningClient> clients = new();
    private readonly ConcurrentDictionary<string, (RSA Key, string Fingerprint)> keys = new();
    private readonly Recorder recorder;
    private readonly List<HttpClient> opened = [];

    public Team(Recorder recorder)
    {
        this.recorder = recorder;
        foreach (var actor in (string[])[Planner, Admin, Lead, Reviewer, ReleaseManager, Executor])
            clients[actor] = Client(actor);
    }

    public PlanningClient this[string actor] => clients[actor];

    public HttpClient Raw() => Opened(new HttpClient(recorder, disposeHandler: false) { Timeout = Scale.Patience });

    public async Task GiveKeyAsync(string actor, string role)
    {
        var key = RSA.Create(SealCrypto.MinKeyBits);
        var registered = await this[Admin].Keys.RegisterAsync(
            new RegisterKeyRequest(key.ExportSubjectPublicKeyInfoPem(), actor.Split(';')[0], role, TimeProvider.System.GetUtcNow().AddYears(1)));
        keys[actor] = (key, registered.Fingerprint);
    }

    public async Task SignAsync(string actor, string manifest, CommandOptions command)
    {
        var document = await this[actor].Manifests.GetDocumentAsync(manifest);
        var digest = new ContentHash("sha256:" + Convert.ToHexStringLower(SHA256.HashData(document.Bytes.Span)));
        var (key, fingerprint) = keys[actor];
        string signature;
        lock (key)
            signature = SealCrypto.Sign(key, SealAlgorithm.RsaSha256, digest);
        await this[actor].Manifests.SignAsync(manifest, new SignRequest(fingerprint, signature), command);
    }

    public void Dispose()
    {
        opened.ForEach(http => http.Dispose());
        foreach (var (key, _) in keys.Values)
            key.Dispose();
    }

    /// <summary>The SDK with nothing set that need not be.</summary>
    public PlanningClient AsItComes(string actor) => new(Raw(), new PlanningClientOptions { BaseAddress = new Uri("http://planning"), Actor = actor });

    private PlanningClient Client(string actor) => new(
        Raw(),
        new PlanningClientOptions
        {
            BaseAddress = new Uri("http://planning"),
            Actor = actor,
            MaxRetries = 20,
            RetryDelay = Scale.RetryPause,
            MaxRetryDelay = TimeSpan.FromSeconds(1),
            ReconnectDelay = Scale.RetryPause,
        });

    private HttpClient Opened(HttpClient http)
    {
        opened.Add(http);
        return http;
    }
}
