using Planning.Domain.Gates;
using Planning.Engine.Gates;
using Planning.Testing;

namespace Planning.Engine.Tests.Gates.Pages;

/// <summary>Writes the page of a validator from what it says of itself, and from findings that it made.</summary>
internal static class ValidatorPage
{
    public static string PathOf(IValidator validator) => Repository.At("docs", "validators", $"{validator.Type}.md");

    public static string Of(IValidator validator, IReadOnlyDictionary<string, FindingSummary> examples) => $"""
        # {validator.Type}

        {validator.Description!.Summary}

        {string.Join('\n', validator.Description.Notes.Select(note => $"- {note}"))}

        This is version {validator.Version}. The page is written from the validator, and its examples are what it says. [gates.md](../gates.md) tells how gates run.

        ## Parameters

        {Of(validator.Parameters)}

        ## Rules

        {string.Join("\n\n", validator.Description.Rules.Select(rule => Of(rule, examples[rule.Id])))}

        """;

    private static string Of(IReadOnlyList<ValidatorParameter> parameters) => parameters.Count == 0
        ? "It takes `timeout_seconds` alone."
        : "Beside `timeout_seconds`:\n\n| parameter | default | value | meaning |\n|---|---|---|---|\n"
            + string.Join('\n', parameters.Select(p => $"| `{p.Name}` | {Default(p)} | {p.Expected} | {p.Meaning} |"));

    private static string Default(ValidatorParameter parameter) => parameter.Default.Trim('"') is { Length: > 0 } text ? $"`{text}`" : "";

    private static string Of(RuleDescription rule, FindingSummary example) => $"""
        ### `{rule.Id}`

        *{rule.Severity}*: {rule.Says}

        ```text
        {example.File}:{example.Line}:{example.Column}{(example.Pointer.Length == 0 ? "" : $" {example.Pointer}")}: {example.Message}
        ```

        **How to fix**: {example.Advice}
        """;
}
