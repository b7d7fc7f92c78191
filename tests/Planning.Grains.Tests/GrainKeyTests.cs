using Planning.Domain;

namespace Planning.Grains.Tests;

public sealed class GrainKeyTests
{
    [Theory]
    [InlineData("acme", "pln_1")]
    [InlineData("a/b", "pln/1")]
    [InlineData("%2F", "/")]
    [InlineData("Ärzte & Söhne", "pln 1")]
    public void A_key_names_its_entity_and_no_other(string workspace, string id)
    {
        var entity = EntityKey.Of(new WorkspaceId(workspace), new PlanId(id));

        Assert.Equal(entity, GrainKeys.EntityOf(EntityKind.Plan, GrainKeys.Of(entity)));
    }

    [Theory]
    [InlineData("pln_1")]
    [InlineData("/pln_1")]
    public void A_key_that_was_not_made_here_is_refused(string key) =>
        Assert.Throws<FormatException>(() => GrainKeys.EntityOf(EntityKind.Plan, key));
}
