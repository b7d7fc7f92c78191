using System.Collections.Frozen;

namespace Planning.Cli.Artifacts;

/// <summary>What each rule is about, for those who read a report without this documentation at hand.</summary>
internal static class RuleHelp
{
    private const string Limit = "Split the artifact; a server may have other limits.";
    private const string Quote = "Write it plainly, or put it in quotes where text is meant.";
    private const string Name = "Correct the name, or add what it names.";

    private static readonly FrozenDictionary<string, (string What, string Advice)> Rules = new Dictionary<string, (string, string)>
    {
        ["parse.encoding"] = ("The file is not UTF-8.", "Save it as UTF-8."),
        ["parse.nul"] = ("Text holds a NUL character.", "Remove it; the file may have been cut or written in UTF-16."),
        ["parse.surrogate"] = ("A string holds half of a surrogate pair.", "Write the whole character."),
        ["parse.duplicate_key"] = ("A mapping has one key twice, and readers differ in which value they take.", "Remove or rename one of the two."),
        ["parse.syntax"] = ("The text does not follow the grammar of its format.", "Mend the syntax at this place."),
        ["parse.empty"] = ("The file holds nothing.", "Write the document, or leave the file out."),
        ["parse.multi_document"] = ("The YAML file holds more than one document.", "Keep one document per file."),
        ["parse.undefined_alias"] = ("A YAML alias names no anchor before it.", Name),
        ["parse.complex_key"] = ("A YAML key is a list or a mapping, which JSON cannot say.", "Use a plain key."),
        ["parse.unknown_tag"] = ("A YAML tag is not one of the core schema's.", "Leave the tag out."),
        ["parse.non_finite_number"] = ("A number is infinite or not a number, which JSON cannot say.", Quote),
        ["limit.max_bytes"] = ("The file is larger than the limit max_bytes.", Limit),
        ["limit.max_depth"] = ("The document nests deeper than the limit max_depth.", Limit),
        ["limit.max_nodes"] = ("The document has more nodes than the limit max_nodes.", Limit),
        ["limit.max_alias_expansion"] = ("YAML aliases expand to more nodes than the limit max_alias_expansion.", Limit),
        ["limit.max_number_length"] = ("A number has more characters than the limit max_number_length.", Quote),
        ["limit.max_findings"] = ("There are more findings than are listed.", "Mend those that are, and check again."),
        ["yaml.tab"] = ("A tab stands in the indentation.", "Indent with spaces."),
        ["yaml.truthy"] = ("yes, no, on and off are booleans to some readers and text to others.", "Write true or false, or put the word in quotes."),
        ["yaml.octal"] = ("A number with a leading zero or 0o is octal to some readers only.", Quote),
        ["yaml.number"] = ("Grouped, binary and base-60 digits are a number in YAML 1.1 and text in YAML 1.2.", Quote),
        ["yaml.date"] = ("Something looks like a date, but is on no calendar.", "Write year-month-day with a day that exists, or put it in quotes."),
        ["yaml.trailing_space"] = ("A line ends with blanks.", "Remove them."),
        ["yaml.unused_anchor"] = ("No alias uses the anchor.", "Remove it."),
        ["yaml.merge_key"] = ("The key << merges nothing in YAML 1.2.", "Write the keys out."),
        ["yaml.indentation"] = ("The indentation differs from the rest of the file.", "Indent by the same step everywhere."),
        ["yaml.final_newline"] = ("The last line has no newline.", "End the file with a newline."),
        ["markdown.depth"] = ("The Markdown nests too deep to be read.", "Flatten lists and quotes."),
        ["markdown.no_title"] = ("There is no heading of level 1.", "Begin the file with its title."),
        ["markdown.second_title"] = ("There is more than one heading of level 1.", "Use level 2 for sections."),
        ["markdown.skipped_level"] = ("A heading is more than one level below the one before it.", "Go down one level at a time."),
        ["markdown.empty_heading"] = ("A heading has no text.", "Write what the section is about, or remove it."),
        ["markdown.empty_link"] = ("A link leads nowhere.", "Write where it leads, or keep the text alone."),
        ["story_map.depth"] = ("The story map nests too deep to be read.", "Flatten lists and quotes."),
        ["story_map.section_missing"] = ("A required section of the story map is not there.", "Add its heading with a list below it."),
        ["story_map.section_empty"] = ("A section of the story map has no items.", "Add a list below the heading."),
        ["field.missing"] = ("A required field is not there.", "Add it; nothing is assumed in its place."),
        ["field.type"] = ("A field has a value of another type.", "Write a value of the type that the message names."),
        ["field.date"] = ("A field should hold a date, but does not.", "Write year-month-day, such as 2027-01-31."),
        ["field.range"] = ("A value is outside of what is possible.", "Write a value that is possible."),
        ["json_schema.unknown_version"] = ("There is no schema for the version that the artifact states.", "Write a version that is known, and the file in its form."),
        ["references.missing_id"] = ("A task has no id, so that nothing can depend on it.", "Give it an id of its own."),
        ["references.duplicate_task"] = ("Two tasks have one id.", "Give each task an id of its own."),
        ["references.unknown_dependency"] = ("No task of the plan has the id that a task depends on.", Name),
        ["references.unknown_plan"] = ("The workspace has no such plan.", Name),
        ["references.unknown_task"] = ("The other plan has no such task.", Name),
        ["references.withdrawn_plan"] = ("The other plan was withdrawn.", "Remove the dependency, or plan the task elsewhere."),
        ["references.missing_artifact"] = ("A task names an artifact that is not there.", Name),
        ["references.broken_link"] = ("A link of the story map leads to what is not there.", Name),
        ["migration.key_exists"] = ("A key cannot be renamed: its mapping has one of the new name.", "Remove one of the two."),
        ["migration.alias"] = ("What is to be changed is not written at its place as it reads.", "Write the part out, without alias, anchor or escapes."),
        ["migration.no_path"] = ("No migration leads to the version that is wanted.", "Choose a later version, or write the missing migrations."),
        ["references.unreadable"] = ("A file cannot be read, so nothing that it refers to was checked.", "Mend the file first."),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IEnumerable<string> Known => Rules.Keys;

    public static (string What, string Advice) Of(string rule) => Rules.TryGetValue(rule, out var help)
        ? help
        : ($"The value breaks the keyword {rule[(rule.IndexOf('.', StringComparison.Ordinal) + 1)..]} of its JSON Schema.", "Mend the value; the message says what is allowed.");
}
