using System.Text;
using Planning.Domain;
using Planning.Domain.Plans;
using Planning.Domain.Rulebooks;
using Planning.Engine.Entities;
using Planning.Engine.Rulebooks;

namespace Planning.Engine.Tests.InProcess;

public class RulebookChangeTests
{
    private static readonly Actor Admin = new(new PersonId("per_admin"), ActorKind.Person, [Role.Admin]);
    private static readonly GateRunId Run = new("gtr_1");

    private readonly TestHost test = new();

    [Fact]
    public async Task A_transition_ends_under_the_rulebook_it_began_under_and_the_next_begins_under_the_new_one()
    {
        await test.AcceptAsync(TestHost.Create("pln_1"));
        var began = Assert.IsType<PlanEvent.GateStarted>(Assert.Single((await AskAsync(Trigger.ValidateComplete, "ask")).Events));
        var newer = await ActivateAsync();

        var ended = await test.AcceptAsync(new CommandRequest(
            TestHost.Plan("pln_1"), new PlanCommand.CompleteTransition(Run, Passed: true, [], null, new ManifestId("hnd_1")), Actor.System, "complete"));
        var next = Assert.IsType<PlanEvent.GateStarted>(Assert.Single((await AskAsync(Trigger.PackageArtifacts, "ask again")).Events));

        Assert.Equal(DefaultRulebook.Load().Hash, began.RulebookHash);
        Assert.Equal(TransitionOutcome.Moved, Assert.IsType<PlanEvent.StateTransition>(Assert.Single(ended.Events)).Outcome);
        Assert.Equal(newer, next.RulebookHash);
    }

    private Task<Answer.Accepted> AskAsync(Trigger trigger, string id) =>
        test.AcceptAsync(new CommandRequest(TestHost.Plan("pln_1"), new PlanCommand.RequestTransition(trigger, Run), TestHost.Planner, id));

    private async Task<ContentHash> ActivateAsync()
    {
        var shipped = DefaultRulebook.Files.Bytes;
        var files = new RulebookFiles(shipped.SetItem(RulebookFiles.Gates, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(shipped[RulebookFiles.Gates].Span) + "# Ours.\n")));
        foreach (var bytes in files.Bytes.Values)
            await test.Blobs.PutAsync(TestHost.Workspace, bytes, default);
        await test.AcceptAsync(new CommandRequest(EntityKey.RulebookOf(TestHost.Workspace), new RulebookCommand.Activate(files.Hash, files.FileHashes), Admin, "activate"));
        return files.Hash;
    }
}
