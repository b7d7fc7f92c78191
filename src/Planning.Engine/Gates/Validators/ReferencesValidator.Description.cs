namespace Planning.Engine.Gates.Validators;

public sealed partial class ReferencesValidator
{
    public ValidatorDescription Description { get; } = new(
        "Ids of tasks are unique, and whatever tasks and story maps refer to exists.",
        ["A dependency is the id of a task, or `plan/task` for a task of another plan of the workspace. A task may stand in any backlog of its plan."],
        [
            new(MissingIdRule, "error", "A task has no id."),
            new(DuplicateTaskRule, "error", "Two tasks have one id."),
            new(UnknownDependencyRule, "error", "No task of this plan has this id."),
            new(UnknownPlanRule, "error", "The workspace has no such plan."),
            new(UnknownTaskRule, "error", "The other plan has no such task, or its backlog cannot be read."),
            new(WithdrawnPlanRule, "error", "The other plan was withdrawn."),
            new(MissingArtifactRule, "error", "A task names an artifact that is not attached."),
            new(StoryMapLinks.BrokenLinkRule, "error", "A link of the story map leads to what is not attached."),
            new(UnreadableRule, "error", "A backlog or story map cannot be read."),
        ]);
}
