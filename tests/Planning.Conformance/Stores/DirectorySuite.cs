using System.Security.Cryptography;
using Planning.Conformance.Harness;
using Planning.Domain;
using Planning.Engine.Calendars;
using Planning.Engine.InMemory;
using Planning.Engine.People;
using Planning.Postgres.People;
using Xunit;

namespace Planning.Conformance.Stores;

/// <summary>What every directory must do.</summary>
public abstract class DirectorySuite : StoreSuite<IDirectory>
{
    private static readonly PersonId Ada = new("per_ada");

    [Fact]
    public async Task A_key_is_found_by_the_hash_of_its_secret_whatever_its_workspace()
    {
        Assert.False(await Store.HasApiKeysAsync(default));
        await Store.AddApiKeyAsync(Key("key_1", "secret one"), default);
        await Store.AddApiKeyAsync(Key("key_2", "secret two") with { Workspace = Sample.OtherWorkspace, HolderKind = ActorKind.Service, Groups = ["payments", "platform"], ExpiresAt = Sample.Noon.AddDays(1) }, default);

        Assert.True(await Store.HasApiKeysAsync(default));
        var found = await Store.FindApiKeyAsync(Hash("secret two"), default);
        Assert.Equal(("key_2", Sample.OtherWorkspace, ActorKind.Service), (found!.KeyId, found.Workspace, found.HolderKind));
        Assert.Equal([Role.Planner, Role.PlanningLead], found.Roles);
        Assert.Equal(["payments", "platform"], found.Groups);
        Assert.Empty((await Store.FindApiKeyAsync(Hash("secret one"), default))!.Groups);
        Assert.Equal((Sample.Noon, Sample.Noon.AddDays(1), (DateTimeOffset?)null), (found.CreatedAt, found.ExpiresAt, found.RevokedAt));
        Assert.Null(await Store.FindApiKeyAsync(Hash("no secret"), default));
    }

    [Fact]
    public async Task A_key_is_revoked_once_and_only_in_its_workspace()
    {
        await Store.AddApiKeyAsync(Key("key_1", "secret"), default);

        Assert.False(await Store.RevokeApiKeyAsync(Sample.OtherWorkspace, "key_1", Sample.Noon, default));
        Assert.True(await Store.RevokeApiKeyAsync(Sample.Workspace, "key_1", Sample.Noon.AddHours(1), default));
        Assert.False(await Store.RevokeApiKeyAsync(Sample.Workspace, "key_1", Sample.Noon.AddHours(2), default));
        Assert.Equal(Sample.Noon.AddHours(1), Assert.Single(await Store.ListApiKeysAsync(Sample.Workspace, default)).RevokedAt);
        Assert.Empty(await Store.ListApiKeysAsync(Sample.OtherWorkspace, default));
    }

    [Fact]
    public async Task A_signers_key_belongs_to_one_person()
    {
        var key = SignerKey();

        Assert.True(await Store.AddSignerKeyAsync(key, default));
        Assert.False(await Store.AddSignerKeyAsync(key with { Person = new("per_eve") }, default));
        Assert.Equal(key, await Store.FindSignerKeyAsync(Sample.Workspace, key.Fingerprint, default));
        Assert.Null(await Store.FindSignerKeyAsync(Sample.OtherWorkspace, key.Fingerprint, default));
        Assert.True(await Store.RevokeSignerKeyAsync(Sample.Workspace, key.Fingerprint, Sample.Noon, default));
        Assert.False(await Store.RevokeSignerKeyAsync(Sample.Workspace, key.Fingerprint, Sample.Noon, default));
        Assert.Equal(Sample.Noon, Assert.Single(await Store.ListSignerKeysAsync(Sample.Workspace, default)).RevokedAt);
    }

    [Fact]
    public async Task A_person_can_be_changed_and_erased()
    {
        await Store.SavePersonAsync(new(Sample.Workspace, Ada, "Ada", "ada@example.org"), default);
        await Store.SavePersonAsync(new(Sample.Workspace, Ada, "Ada L.", null), default);

        Assert.Equal(new Person(Sample.Workspace, Ada, "Ada L.", null), await Store.FindPersonAsync(Sample.Workspace, Ada, default));
        Assert.Null(await Store.FindPersonAsync(Sample.OtherWorkspace, Ada, default));
        Assert.False(await Store.ErasePersonAsync(Sample.OtherWorkspace, Ada, default));
        Assert.True(await Store.ErasePersonAsync(Sample.Workspace, Ada, default));
        Assert.Null(await Store.FindPersonAsync(Sample.Workspace, Ada, default));
    }

    [Fact]
    public async Task A_feed_is_found_by_the_hash_of_its_secret_and_revoked_by_its_person_alone()
    {
        var feed = new CalendarFeed("fed_1", Sample.Workspace, Ada, ["payments", "a,b"], "Europe/Berlin", new EnvironmentId("env_1"), Hash("secret one"), Sample.Noon);
        await Store.AddFeedAsync(feed, default);
        await Store.AddFeedAsync(feed with { Id = "fed_2", Workspace = Sample.OtherWorkspace, EnvironmentId = null, SecretHash = Hash("secret two") }, default);

        var found = (await Store.FindFeedAsync(Hash("secret one"), default))!;
        Assert.Equal((feed.Id, feed.Workspace, feed.Person, feed.ZoneId, feed.EnvironmentId, feed.CreatedAt), (found.Id, found.Workspace, found.Person, found.ZoneId, found.EnvironmentId, found.CreatedAt));
        Assert.Equal(feed.Groups, found.Groups);
        Assert.Equal(("fed_2", Sample.OtherWorkspace), ((await Store.FindFeedAsync(Hash("secret two"), default))!.Id, Sample.OtherWorkspace));
        Assert.Null(await Store.FindFeedAsync(Hash("no secret"), default));
        Assert.Equal("fed_1", Assert.Single(await Store.ListFeedsAsync(Sample.Workspace, Ada, default)).Id);
        Assert.False(await Store.RevokeFeedAsync(Sample.Workspace, new("per_eve"), "fed_1", Sample.Noon, default));
        Assert.False(await Store.RevokeFeedAsync(Sample.OtherWorkspace, Ada, "fed_1", Sample.Noon, default));
        Assert.True(await Store.RevokeFeedAsync(Sample.Workspace, Ada, "fed_1", Sample.Noon.AddHours(1), default));
        Assert.False(await Store.RevokeFeedAsync(Sample.Workspace, Ada, "fed_1", Sample.Noon.AddHours(2), default));
        Assert.Empty(await Store.ListFeedsAsync(Sample.Workspace, Ada, default));
        Assert.Equal(Sample.Noon.AddHours(1), (await Store.FindFeedAsync(Hash("secret one"), default))!.RevokedAt);
    }

    [Fact]
    public async Task Whether_somebody_holds_a_key_counts_those_that_are_neither_revoked_nor_expired()
    {
        Assert.False(await Store.HoldsApiKeyAsync(Sample.Workspace, Ada, Sample.Noon, default));
        await Store.AddApiKeyAsync(Key("key_1", "one"), default);
        await Store.AddApiKeyAsync(Key("key_2", "two") with { ExpiresAt = Sample.Noon.AddDays(1) }, default);
        await Store.RevokeApiKeyAsync(Sample.Workspace, "key_1", Sample.Noon, default);

        Assert.True(await Store.HoldsApiKeyAsync(Sample.Workspace, Ada, Sample.Noon.AddHours(1), default));
        Assert.False(await Store.HoldsApiKeyAsync(Sample.Workspace, Ada, Sample.Noon.AddDays(1), default));
        Assert.False(await Store.HoldsApiKeyAsync(Sample.OtherWorkspace, Ada, Sample.Noon, default));
        Assert.False(await Store.HoldsApiKeyAsync(Sample.Workspace, new("per_eve"), Sample.Noon, default));
    }

    private static byte[] Hash(string secret) => SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(secret));

    private static ApiKey Key(string id, string secret) => new(
        id, Sample.Workspace, Ada, ActorKind.Person, [Role.Planner, Role.PlanningLead], Hash(secret), Sample.Noon, ExpiresAt: null, RevokedAt: null);

    private static SignerKey SignerKey()
    {
        using var rsa = RSA.Create(2048);
        var publicKey = rsa.ExportSubjectPublicKeyInfo();
        return new(
            Sample.Workspace, "sha256:" + Convert.ToHexStringLower(SHA256.HashData(publicKey)), PemEncoding.WriteString("PUBLIC KEY", publicKey),
            Ada, Role.PlanningLead, Sample.Noon, Sample.Noon.AddYears(1), RevokedAt: null);
    }
}

public sealed class InMemoryDirectoryTests : DirectorySuite
{
    protected override IDirectory InMemory() => new InMemoryDirectory();
}

public sealed class PostgresDirectoryTests : DirectorySuite
{
    protected override IDirectory OnPostgres(MigratedDatabase database) => new PostgresDirectory(database.Pools);
}
