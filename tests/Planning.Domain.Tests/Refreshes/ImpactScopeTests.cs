using System.Collections.Immutable;
using Planning.Domain.Refreshes;

namespace Planning.Domain.Tests.Refreshes;

public sealed class ImpactScopeTests
{
    [Fact]
    public void A_type_says_what_it_destroys_and_what_of_that_can_be_kept()
    {
        Assert.Equal([Asset.Data, Asset.TestAccounts, Asset.Sessions], Of(RefreshType.DatabaseCopy).Destroys);
        Assert.Equal([Asset.Configuration, Asset.DeployedVersions, Asset.Sessions], Of(RefreshType.Redeployment).Destroys);
        Assert.Equal(Enum.GetValues<Asset>(), Of(RefreshType.Reset).Destroys);
        Assert.Equal([Asset.Data, Asset.Sessions], Of(RefreshType.DatabaseCopy, Asset.TestAccounts).Destroys);
        Assert.Equal([Asset.DeployedVersions, Asset.Sessions], Of(RefreshType.Redeployment, Asset.Configuration).Destroys);
        // What it does not touch is kept anyway.
        Assert.Equal(Of(RefreshType.DatabaseCopy), Of(RefreshType.DatabaseCopy, Asset.Configuration));
    }

    [Fact]
    public void What_a_type_replaces_by_its_nature_cannot_be_kept()
    {
        foreach (var type in RefreshType.All)
        {
            foreach (var asset in type.Needs)
                Assert.Equal("asset_cannot_be_kept", ImpactScope.Of(type, [asset], withChildren: false).Refused!.Code);
            foreach (var asset in type.Takes)
                Assert.Null(ImpactScope.Of(type, [asset], withChildren: false).Refused);
        }
        Assert.Equal(
            "A reset cannot keep data, sessions: that is what it replaces. It can keep test_accounts.",
            ImpactScope.Of(RefreshType.Reset, [Asset.Sessions, Asset.Data, Asset.TestAccounts], withChildren: false).Refused!.Message);
    }

    [Fact]
    public void Types_are_found_by_their_names_as_stored()
    {
        Assert.Equal(["database_copy", "redeployment", "reset"], RefreshType.All.Select(t => t.Name));
        Assert.All(RefreshType.All, type => Assert.Same(type, RefreshType.Find(type.Name)));
        Assert.Null(RefreshType.Find("Reset"));
    }

    [Theory]
    [InlineData(ImpactLevel.Low, false)]
    [InlineData(ImpactLevel.Low, true)]
    [InlineData(ImpactLevel.Low, true, Asset.Sessions)]
    [InlineData(ImpactLevel.Medium, true, Asset.Configuration)]
    [InlineData(ImpactLevel.Medium, false, Asset.DeployedVersions, Asset.Sessions)]
    [InlineData(ImpactLevel.High, true, Asset.TestAccounts, Asset.Configuration)]
    [InlineData(ImpactLevel.High, false, Asset.Data, Asset.DeployedVersions)]
    [InlineData(ImpactLevel.Critical, true, Asset.Data)]
    [InlineData(ImpactLevel.Critical, false, Asset.Data, Asset.Configuration)]
    public void Its_level_follows_from_what_is_lost_and_where(ImpactLevel level, bool withChildren, params Asset[] destroys) =>
        Assert.Equal(level, new ImpactScope([.. destroys], withChildren).Level);

    [Fact]
    public void Two_scopes_are_equal_when_they_destroy_the_same()
    {
        var one = new ImpactScope([Asset.Data, Asset.Sessions], WithChildren: false);
        ImpactScope same = new([Asset.Sessions, Asset.Data], WithChildren: false);
        Assert.Equal(one, same);
        Assert.Equal(one.GetHashCode(), same.GetHashCode());
        Assert.NotEqual(one, same with { WithChildren = true });
        Assert.NotEqual(one, same with { Destroys = [Asset.Data] });
        Assert.False(one.Equals(null));
    }

    private static ImpactScope Of(RefreshType type, params ImmutableSortedSet<Asset> keep) => ImpactScope.Of(type, keep, withChildren: false).Scope!;
}
