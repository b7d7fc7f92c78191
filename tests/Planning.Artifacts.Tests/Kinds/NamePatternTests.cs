using Planning.Artifacts.Kinds;

namespace Planning.Artifacts.Tests.Kinds;

public sealed class NamePatternTests
{
    [Theory]
    [InlineData("kep.yaml", "kep.yaml", true)]
    [InlineData("kep.yaml", "keps/sig-apps/1/KEP.yaml", true)]
    [InlineData("kep.yaml", "my-kep.yaml", false)]
    [InlineData("*.flow.yaml", "a.flow.yaml", true)]
    [InlineData("*.flow.yaml", ".flow.yaml", true)]
    [InlineData("*.flow.yaml", "a.flow.yml", false)]
    [InlineData("*a*a*b", "aaaaaaaaab", true)]
    [InlineData("*a*a*b", "aaaaaaaaac", false)]
    [InlineData("v?.json", "v1.json", true)]
    [InlineData("v?.json", "v10.json", false)]
    [InlineData("keps/*.yaml", "keps/a.yaml", true)]
    [InlineData("keps/*.yaml", "keps/a/b.yaml", false)]
    [InlineData("keps/*.yaml", "other/keps/a.yaml", false)]
    [InlineData("keps/**/kep.yaml", "keps/kep.yaml", true)]
    [InlineData("keps/**/kep.yaml", "keps/a/b/kep.yaml", true)]
    [InlineData("keps/**/kep.yaml", "keps/a/b/other.kep.yaml", false)]
    [InlineData("**/x.yaml", "x.yaml", true)]
    [InlineData("keps/**", "keps/a/b.yaml", true)]
    [InlineData("keps/?.yaml", "keps//.yaml", false)]
    [InlineData("a\\b.yaml", "a/b.yaml", false)]
    public void A_name_fits_or_does_not(string pattern, string name, bool fits) => Assert.Equal(fits, NamePattern.Fits(pattern, name));

    [Fact]
    public void A_pattern_made_to_take_long_takes_no_longer_than_its_length_times_that_of_the_name() =>
        Assert.False(NamePattern.Fits(string.Concat(Enumerable.Repeat("*a", 100)) + "b", new string('a', 2_000)));

    [Theory]
    [InlineData("be_backlog*.yaml", true)]
    [InlineData("**/parity?.json", true)]
    [InlineData("*.schema.json", true)]
    [InlineData("*.yaml", false)]
    [InlineData("kep.yaml", false)]
    public void A_sample_has_the_kind_that_the_letters_of_the_pattern_give(string pattern, bool builtIn) =>
        Assert.Equal(builtIn, ArtifactKinds.IsBuiltIn(ArtifactKinds.Of(NamePattern.Sample(pattern))));
}
