using static Planning.Engine.Tests.Gates.Support.Judging;

namespace Planning.Engine.Tests.Gates.Pages;

internal static class FormExamples
{
    private const string Map = """
        # Payments
        ## Epic: Pay
        ### Backbone (User Activities)
        1. **Order** → 2. **Pay**
        ### Walking Skeleton (MVP)
        Take money
        """;

    private static readonly string Deep = string.Concat(Enumerable.Repeat("> ", 20_000)) + "x";

    public static IEnumerable<PageExample> All { get; } =
    [
        new("json_schema", ("be_backlog.yaml", Backlog("A").Replace("1.0.0", "7.0.0", StringComparison.Ordinal))),
        new("json_schema", ("story_map.md", Map)),
        new("json_schema", ("story_map.md", Deep)),
        new("json_schema", ("notes.md", "## Steps\n")),
        new("json_schema", ("notes.md", "# One\n\n# Two\n\n#### Four\n\n##\n\nsee [this]()\n")),
        new("json_schema", ("notes.md", Deep)),
        new("yaml_lint", ("settings.yaml", "enabled: yes\nmode: 0755\nlimit: 1_000\nfrom: 2027-02-30\nname: &unused payments \n")),
        new("yaml_lint", ("settings.yaml", "base: &base {retries: 3}\nmain:\n  <<: *base\nother:\n    timeout: 5")),
        new("yaml_lint", ("settings.yaml", "limits: {\n\tretries: 3}\n")),
    ];
}
