using Planning.Artifacts.Lint;

namespace Planning.Engine.Gates.Validators;

public sealed partial class YamlLintValidator
{
    private const string Form = "as `strict`: an error, else a warning";

    public ValidatorDescription Description { get; } = new(
        "YAML among the content is written so that every reader reads it alike.",
        [
            "A plain scalar is what the core schema of YAML 1.2 says; what readers of YAML 1.1 take for something else is an error.",
            "A [registered kind](../artifacts.md#kinds-of-your-own) whose `lint` is `strict`, `relaxed` or `off` goes before the parameter.",
            "What parsing finds, such as a key that is there twice (`parse.duplicate_key`), is told by `json_schema`.",
        ],
        [
            new(LintRules.Tab, "error", "A tab stands in the indentation."),
            new(LintRules.Truthy, "error", "`yes`, `no`, `on` or `off`, a boolean to readers of YAML 1.1."),
            new(LintRules.Octal, "error", "`0755` or `0o17`, octal to some readers."),
            new(LintRules.Number, "error", "`1_000`, `0b101` or `12:30`, numbers in YAML 1.1 only."),
            new(LintRules.Date, "error", "It looks like a date, but is on no calendar."),
            new(LintRules.TrailingSpace, Form, "There are blanks at the end of a line, outside of block scalars."),
            new(LintRules.UnusedAnchor, Form, "No alias uses the anchor."),
            new(LintRules.MergeKey, Form, "The key `<<`, which YAML 1.2 does not merge."),
            new(LintRules.Indentation, Form, "The indentation differs from that of the rest of the file."),
            new(LintRules.FinalNewline, "warning", "The last line has no newline."),
        ]);
}
