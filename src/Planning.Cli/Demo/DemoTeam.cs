using System.Security.Cryptography;
using Planning.Cli.Handoff;
using Planning.Client;
using Planning.Contracts;
using Planning.Domain.Handoff;
using Planning.Domain.Rulebooks;
using Planning.Domain;

namespace Planning.Cli.Demo;

/// <summary>The people of the demo, each with an API key of their own; no one acts for another.</summary>
internal sealed class DemoTeam : IDisposable
{
    /// <summary>The group that owns the demo's environments.</summary>
    public const string Owners = "platform";

    /// <summary>The group that uses them.</summary>
    public const string Users = "payments";

    private readonly Dictionary<string, (HttpClient Http, PlanningClient Client)> members = [];
    private readonly Dictionary<string, (RSA Key, string Fingerprint)> signers = [];
    private readonly Dictionary<string, string> keys = [];
    private readonly Uri server;

    private DemoTeam(Uri server) => this.server = server;

    public PlanningClient this[string person] => members[person].Client;

    /// <summary>For requests that the client has no method for.</summary>
    public string KeyOf(string person) => keys[person];

    public static (string Person, string Kind, string[] Roles)[] Members { get; } =
    [
        ("ada", "person", ["admin"]),
        ("mara", "person", ["planner"]),
        ("uma", "person", ["planner", "approver"]),
        ("lena", "person", ["planning_lead"]),
        ("tomasz", "person", ["technical_reviewer"]),
        ("ines", "person", ["approver"]),
        ("yusuf", "person", ["approver"]),
        ("hana", "person", ["approver"]),
        ("olga", "person", ["board"]),
        ("rik", "person", ["release_manager"]),
        ("deployer", "service", ["executor"]),
    ];

    /// <summary>The first key is made while the server has none and serves this machine only; it makes the others.</summary>
    public static async Task<DemoTeam> GatherAsync(Uri server, CancellationToken cancellation)
    {
        var team = new DemoTeam(server);
        using var http = new HttpClient();
        var local = new PlanningClient(http, new PlanningClientOptions { BaseAddress = server });
        foreach (var (person, kind, roles) in Members)
        {
            var maker = team.members.TryGetValue("ada", out var admin) ? admin.Client : local;
            var created = await maker.ApiKeys.CreateAsync(new CreateApiKeyRequest(person, kind, roles, Groups: person == "rik" ? [Owners, Users] : [Users]), cancellation);
            team.Admit(person, created.Token);
        }
        return team;
    }

    /// <summary>Makes a key pair on disk, as <c>planning keys new</c> does, and has the admin register its public half.</summary>
    public async Task<string> GiveSealKeyAsync(string person, string role, string folder, DateTimeOffset validTo, CancellationToken cancellation)
    {
        var (privatePath, publicPath, fingerprint) = KeyPairFiles.Create(folder, $"{person}", bits: 3072, passphrase: null);
        await this["ada"].Keys.RegisterAsync(new RegisterKeyRequest(await File.ReadAllTextAsync(publicPath, cancellation), person, role, validTo), cancellation);
        signers[person] = (KeyPairFiles.ReadPrivate(privatePath, passphrase: null), fingerprint);
        return fingerprint;
    }

    /// <summary>Signs as <c>planning sign</c> does: the digest is computed here, from the bytes that the server shows.</summary>
    public async Task<ManifestView> SignAsync(string person, string manifestId, CancellationToken cancellation)
    {
        var document = await this[person].Manifests.GetDocumentAsync(manifestId, cancellation: cancellation);
        var digest = new ContentHash("sha256:" + Convert.ToHexStringLower(SHA256.HashData(document.Bytes.Span)));
        var (key, fingerprint) = signers[person];
        return await this[person].Manifests.SignAsync(
            manifestId, new SignRequest(fingerprint, SealCrypto.Sign(key, SealAlgorithm.RsaSha256, digest)), cancellation: cancellation);
    }

    public void Dispose()
    {
        foreach (var (http, _) in members.Values)
            http.Dispose();
        foreach (var (key, _) in signers.Values)
            key.Dispose();
    }

    private void Admit(string person, string token)
    {
        keys[person] = token;
        var http = new HttpClient();
        members[person] = (http, new PlanningClient(http, new PlanningClientOptions { BaseAddress = server, ApiKey = token }));
    }
}
