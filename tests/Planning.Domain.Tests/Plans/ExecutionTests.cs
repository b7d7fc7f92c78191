using Planning.Domain.Plans;

namespace Planning.Domain.Tests.Plans;

public class ExecutionTests
{
    private static PlanStory Validate(PlanStory story) => story.Trigger(World.Releaser, Trigger.ValidateResults);

    private static string[] Missing(PlanStory story) => [.. Validate(story).Last.Rejection!.Details.Select(d => d.Code)];

    [Fact]
    public void Results_validate_when_every_artifact_was_deployed_as_sealed()
    {
        Assert.Equal(PlanStatus.Validated, Validate(PlanStory.In(PlanStatus.Executed).Report("rep_1")).Plan.Status);
    }

    [Fact]
    public void Results_do_not_validate_without_a_report()
    {
        Assert.Equal(["execution_report_missing"], Missing(PlanStory.In(PlanStatus.Executed)));
    }

    [Fact]
    public void A_failed_execution_proves_nothing()
    {
        Assert.Equal(["execution_report_missing"], Missing(PlanStory.In(PlanStatus.Executed).Report("rep_1", ExecutionOutcome.Failed)));
    }

    [Fact]
    public void Everything_that_differs_from_the_seal_is_listed_at_once()
    {
        var story = PlanStory.Begin()
            .Send(World.Author, new PlanCommand.Attach([World.Artifact("story_map.md")], World.Run))
            .Trigger(World.Author, Trigger.ValidateComplete).Pass()
            .Trigger(World.Author, Trigger.PackageArtifacts).Pass()
            .Trigger(World.Releaser, Trigger.BeginExecution).Pass()
            .Report("rep_1", deployed: [("be_backlog.yaml", "another"), ("stray.yaml", "x")]);
        Assert.Equal(["digest_missing", "digest_mismatch", "digest_unplanned"], Missing(story));
    }

    [Fact]
    public void A_report_of_an_earlier_execution_does_not_prove_the_next()
    {
        var story = PlanStory.In(PlanStatus.Executed).Report("rep_1")
            .Trigger(World.Executor, Trigger.ExecutionFailed, "rolled back")
            .Trigger(World.Releaser, Trigger.BeginExecution).Pass();
        Assert.Equal(PlanStatus.Executed, story.Plan.Status);
        Assert.Equal(["execution_report_missing"], Missing(story));
    }

    [Fact]
    public void Defects_may_be_reported_to_the_end_and_deployments_only_while_executed()
    {
        var report = new ExecutionReport("rep_d", World.Executor.Id, "production", ExecutionOutcome.Succeeded, World.Now, World.Tags().ToDigests(), [],
            [new Defect("d1", "wrong rounding", World.Now)]);
        Assert.Null(PlanStory.In(PlanStatus.Completed).Send(World.Executor, new PlanCommand.ReportExecution(report)).Code);
        Assert.Equal("deployment_late", PlanStory.In(PlanStatus.Validated).Report("rep_2").Code);
        Assert.Equal("not_executed", PlanStory.In(PlanStatus.Packaged).Report("rep_2").Code);
    }

    [Fact]
    public void The_same_report_twice_counts_once()
    {
        var story = PlanStory.In(PlanStatus.Executed).Report("rep_1");
        Assert.Empty(story.Report("rep_1").Last.Events);
        Assert.Single(story.Plan.Reports);
    }

    [Fact]
    public void A_report_names_its_environment_and_sane_times()
    {
        var story = PlanStory.In(PlanStatus.Executed);
        var report = new ExecutionReport("rep_x", World.Executor.Id, "", ExecutionOutcome.Succeeded, World.Now, World.Tags().ToDigests(), [], []);
        Assert.Equal("environment_missing", story.Send(World.Executor, new PlanCommand.ReportExecution(report)).Code);
        var backwards = report with { Environment = "test", Tasks = [new TaskProgress("T-1", 3, World.Now, World.Now.AddHours(-1))] };
        Assert.Equal("task_times_invalid", story.Send(World.Executor, new PlanCommand.ReportExecution(backwards)).Code);
    }
}

internal static class Digests
{
    public static System.Collections.Immutable.ImmutableSortedDictionary<string, ContentHash> ToDigests(
        this System.Collections.Immutable.ImmutableSortedDictionary<string, string> texts) =>
        System.Collections.Immutable.ImmutableSortedDictionary.ToImmutableSortedDictionary(texts, t => t.Key, t => World.Hash(t.Value));
}
