using Planning.Domain.Environments;
using static Planning.Domain.Tests.Environments.Grounds;

namespace Planning.Domain.Tests.Environments;

public sealed class RegistryTests
{
    [Fact]
    public void A_tree_knows_what_is_above_and_below_and_beside_an_environment()
    {
        Assert.Equal([QaDb, Qa, Staging], Tree.Upwards(QaDb).Select(e => e.Id));
        Assert.Equal([Qa, QaDb], Tree.Below(Qa).Select(e => e.Id));
        Assert.Equal([Qa, QaDb, Staging], Tree.Related(Qa).OrderBy(id => id.Value, StringComparer.Ordinal));
        Assert.Empty(Tree.Upwards(new EnvironmentId("env_none")));
    }

    [Fact]
    public void What_does_not_fit_is_refused_by_name()
    {
        var another = Register(new EnvironmentId("env_new"), Qa);
        Assert.Equal("role_missing", Code(Tree, another, User));
        Assert.Equal("environment_exists", Code(Tree, Register(Qa, Staging), Owner));
        Assert.Equal("environment_tree_exists", Code(Tree, another with { Parent = null }, Owner));
        Assert.Equal("environment_not_found", Code(Tree, another with { Parent = new EnvironmentId("env_none") }, Owner));
        Assert.Equal("environment_name_invalid", Code(Tree, another with { Name = " " }, Owner));
        Assert.Equal("environment_name_invalid", Code(Tree, another with { Name = new string('x', 201) }, Owner));
        Assert.Equal("user_groups_too_many", Code(Tree, another with { UserGroups = [.. Enumerable.Range(0, 51).Select(i => $"g{i}")] }, Owner));
        Assert.Equal("owner_group_missing", Code(Tree, another with { OwnerGroup = "" }, Owner));
        Assert.Equal("environment_owner_required", Code(Tree, another with { OwnerGroup = Payments }, Owner));
        Assert.Equal("environment_of_another_group", Code(Tree, another, Stranger));
        Assert.Equal("maintenance_window_invalid", Code(Tree, another with { MaintenanceWindows = [new MaintenanceWindow(DayOfWeek.Sunday, new TimeOnly(2, 0), 0)] }, Owner));
        Assert.Equal("maintenance_window_invalid", Code(Tree, another with { MaintenanceWindows = [new MaintenanceWindow(DayOfWeek.Sunday, new TimeOnly(2, 0), 7 * 24 * 60 + 1)] }, Owner));
        Assert.Equal(
            "maintenance_windows_too_many",
            Code(Tree, another with { MaintenanceWindows = [.. Enumerable.Repeat(new MaintenanceWindow(DayOfWeek.Sunday, new TimeOnly(2, 0), 60), 22)] }, Owner));
        Assert.Null(Code(Tree, another, Owner));
    }

    [Theory]
    [InlineData("Mars/Olympus")]
    [InlineData("W. Europe Standard Time")]
    [InlineData("")]
    public void A_zone_that_the_database_does_not_have_is_refused_with_an_example(string zone)
    {
        var refused = Refusal(EnvironmentTree.None, Register(Staging) with { ZoneId = zone }, Owner)!;
        Assert.Equal("zone_unknown", refused.Code);
        Assert.Contains("Europe/Berlin", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tree_is_neither_too_deep_nor_too_large()
    {
        var tree = Of(Owner, Register(new EnvironmentId("env_1")));
        for (var i = 2; i <= EnvironmentTreeDecider.MaxDepth; i++)
            tree = After(tree, Owner, Register(new EnvironmentId($"env_{i}"), new EnvironmentId($"env_{i - 1}")));
        Assert.Equal("environment_too_deep", Code(tree, Register(new EnvironmentId("env_9"), new EnvironmentId("env_8")), Owner));
        for (var i = tree.Environments.Count + 1; i <= EnvironmentTreeDecider.MaxEnvironments; i++)
            tree = After(tree, Owner, Register(new EnvironmentId($"env_{i}"), new EnvironmentId("env_1")));
        Assert.Equal("environments_too_many", Code(tree, Register(new EnvironmentId("env_501"), new EnvironmentId("env_1")), Owner));
    }

    [Fact]
    public void A_change_records_only_what_changed_and_is_the_owners_alone()
    {
        var change = new EnvironmentCommand.Change(Qa, Name: "QA", ZoneId: "Europe/Berlin", UserGroups: [Payments, "mobile"]);
        Assert.Equal(new EnvironmentEvent.EnvironmentChanged(Qa, "QA", UserGroups: change.UserGroups), Assert.Single(Events(Tree, change, Owner)));
        Assert.Empty(Events(After(Tree, Owner, change), change, Owner));
        Assert.Equal("environment_owner_required", Code(Tree, change, User with { Roles = [Role.ReleaseManager] }));
        Assert.Null(Code(Tree, change, World.Person("per_admin", Role.Admin)));
        Assert.Equal("zone_unknown", Code(Tree, change with { ZoneId = "Nowhere" }, Owner));
        Assert.Equal("role_missing", Code(Tree, change, User));
    }

    [Fact]
    public void What_is_retired_is_used_no_more_and_what_is_in_use_is_not_retired()
    {
        var taken = After(Tree, User, Book("bkg_1", Qa, Hours(1, 2)));
        var inUse = Refusal(taken, new EnvironmentCommand.Retire(Qa, "old"), Owner)!;
        Assert.Equal("environment_in_use", inUse.Code);
        Assert.Equal(["environment_has_children", "environment_is_taken"], inUse.Details.Select(d => d.Code));
        Assert.Equal("reason_missing", Code(Tree, new EnvironmentCommand.Retire(Perf, " "), Owner));
        Assert.Equal("environment_owner_required", Code(Tree, new EnvironmentCommand.Retire(Perf, "old"), User with { Roles = [Role.ReleaseManager] }));

        var retired = After(Tree, Owner, new EnvironmentCommand.Retire(QaDb, "old"), new EnvironmentCommand.Retire(Qa, "old"));
        Assert.Equal("environment_retired", Code(retired, Book("bkg_1", Qa, Hours(1, 2)), User));
        Assert.Equal("environment_retired", Code(retired, Register(new EnvironmentId("env_new"), Qa), Owner));
        Assert.Empty(Events(retired, new EnvironmentCommand.Retire(Qa, "again"), Owner));
    }
}
