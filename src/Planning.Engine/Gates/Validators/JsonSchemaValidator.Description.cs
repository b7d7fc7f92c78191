using Planning.Artifacts.Lint;
using Planning.Artifacts.StoryMaps;

namespace Planning.Engine.Gates.Validators;

public sealed partial class JsonSchemaValidator
{
    public ValidatorDescription Description { get; } = new(
        "Every content artifact can be read and has the form of its kind.",
        [
            "Backlogs, capacity models, parity reports, cycle notes and [registered kinds](../artifacts.md#kinds-of-your-own) are judged by a JSON Schema; the first number of their `version` chooses which. Findings of it are `schema.*`, named after the keyword; [json-schema.md](../json-schema.md) says what is checked.",
            "Story maps must have their sections, other Markdown an outline. Any other file must be readable, and no more.",
            "Evidence (coverage, parity) is judged by the validators that use it.",
        ],
        [
            new(UnknownVersionRule, "error", "There is no schema for the version that the artifact states."),
            new(StoryMapReader.MissingRule, "error", "A story map lacks a section."),
            new(StoryMapReader.EmptyRule, "error", "A section of a story map has no list items."),
            new(StoryMapReader.DepthRule, "error", "A story map nests too deep to be read."),
            new(MarkdownRules.NoTitle, "warning; an error in story maps", "There is no heading of level 1."),
            new(MarkdownRules.SecondTitle, "warning; an error in story maps", "There is more than one heading of level 1."),
            new(MarkdownRules.SkippedLevel, "warning; an error in story maps", "A heading is more than one level below the one before."),
            new(MarkdownRules.EmptyHeading, "warning; an error in story maps", "A heading has no text."),
            new(MarkdownRules.EmptyLink, "warning; an error in story maps", "A link leads nowhere."),
            new(MarkdownRules.Depth, "error", "Markdown nests too deep to be read."),
        ]);
}
