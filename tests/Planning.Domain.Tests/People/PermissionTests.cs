namespace Planning.Domain.Tests.People;

public class PermissionTests
{
    [Fact]
    public void Every_permission_has_a_row()
    {
        foreach (var permission in Enum.GetValues<Permission>())
            Assert.Equal(permission == Permission.ContinueProcess, Permissions.RolesFor(permission).Count == 0);
    }

    [Theory]
    [InlineData(Permission.Approve)]
    [InlineData(Permission.DecideForBoard)]
    [InlineData(Permission.SignAsLead)]
    [InlineData(Permission.SignAsReviewer)]
    [InlineData(Permission.Waive)]
    [InlineData(Permission.ApproveRefresh)]
    public void What_somebody_answers_for_is_closed_to_services_with_all_roles(Permission permission)
    {
        var service = new Actor(new PersonId("svc"), ActorKind.Service, Enum.GetValues<Role>());
        Assert.Equal("person_required", Permissions.Refuse(service, permission)!.Code);
        Assert.Null(Permissions.Refuse(World.Everything("per"), permission));
    }

    [Fact]
    public void The_backend_itself_only_continues_what_was_begun()
    {
        foreach (var permission in Enum.GetValues<Permission>())
            Assert.Equal(permission != Permission.ContinueProcess, Permissions.Refuse(Actor.System, permission) is not null);
    }

    [Fact]
    public void A_refusal_names_the_roles_that_would_do_and_those_that_are_held()
    {
        var refusal = Permissions.Refuse(World.Author, Permission.RequestExecution)!;
        Assert.Contains("needs the role release_manager; per_author has planner", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_role_of_several_is_enough() => Assert.Null(Permissions.Refuse(World.Person("per", Role.Auditor, Role.Planner), Permission.EditPlan));
}
