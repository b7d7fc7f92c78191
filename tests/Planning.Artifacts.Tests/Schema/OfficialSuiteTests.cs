using Planning.Artifacts.Documents;
using Planning.Artifacts.Schema;
using Planning.Artifacts.Tests.Support;
using Planning.Testing;
using Xunit.Abstractions;

namespace Planning.Artifacts.Tests.Schema;

/// <summary>The JSON Schema Test Suite.</summary>
public sealed class OfficialSuiteTests(ITestOutputHelper output)
{
    [SharedDataTheory]
    [InlineData(SchemaDraft.Draft7, 927)]
    [InlineData(SchemaDraft.Draft202012, 1299)]
    public void All_required_cases_come_out_as_the_suite_says(SchemaDraft draft, int cases)
    {
        var files = Directory.GetFiles(Tests(draft), "*.json");
        var (passed, failed) = Run(draft, files, new SchemaOptions { AllowUnknownKeywords = true });
        output.Say($"JSON Schema {draft}, required: {passed} of {passed + failed.Count} cases");
        failed.ForEach(output.WriteLine);
        Assert.Empty(failed);
        Assert.Equal(cases, passed + failed.Count);
    }

    [SharedDataTheory]
    [InlineData("date")]
    [InlineData("time")]
    [InlineData("date-time")]
    [InlineData("duration")]
    [InlineData("email")]
    [InlineData("hostname")]
    [InlineData("ipv4")]
    [InlineData("ipv6")]
    [InlineData("uri")]
    [InlineData("uri-reference")]
    [InlineData("uuid")]
    [InlineData("json-pointer")]
    [InlineData("regex")]
    [InlineData("ecmascript-regex")]
    [InlineData("unknown")]
    public void Every_case_of_an_asserted_format_comes_out_as_the_suite_says(string format)
    {
        foreach (var draft in Enum.GetValues<SchemaDraft>())
        {
            var file = Path.Combine(Tests(draft), "optional", "format", format + ".json");
            // Draft 7 has no durations and no UUIDs.
            if (draft == SchemaDraft.Draft7 && !File.Exists(file))
                continue;
            var (passed, failed) = Run(draft, [file], new SchemaOptions { AllowUnknownKeywords = true, AssertFormats = true });
            output.Say($"JSON Schema {draft}, format {format}: {passed} of {passed + failed.Count} cases");
            failed.ForEach(output.WriteLine);
            Assert.Empty(failed);
        }
    }

    /// <summary>content: what text holds is not looked into; cross-draft: of draft 2019-09.</summary>
    [SharedDataTheory]
    [InlineData(SchemaDraft.Draft7, "content.json", "content.json", "content.json", "content.json", "cross-draft.json", "cross-draft.json")]
    [InlineData(SchemaDraft.Draft202012, "cross-draft.json")]
    public void Of_the_optional_cases_all_hold_but_those_that_the_documentation_names(SchemaDraft draft, params string[] filesOfFailures)
    {
        var files = Directory.GetFiles(Path.Combine(Tests(draft), "optional"), "*.json");
        var (passed, failed) = Run(draft, files, new SchemaOptions { AllowUnknownKeywords = true });
        output.Say($"JSON Schema {draft}, optional: {passed} of {passed + failed.Count} cases");
        failed.ForEach(output.WriteLine);
        Assert.Equal(filesOfFailures, failed.Select(name => name.Split(' ')[0]));
    }

    private static string Tests(SchemaDraft draft) =>
        Folders.Shared("json-schema-test-suite", "tests", draft == SchemaDraft.Draft7 ? "draft7" : "draft2020-12");

    private static (int Passed, List<string> Failed) Run(SchemaDraft draft, IEnumerable<string> files, SchemaOptions options)
    {
        var registry = Remotes(draft);
        var passed = 0;
        var failed = new List<string>();
        foreach (var file in files.Order(StringComparer.Ordinal))
        {
            foreach (var group in Read(file).Elements)
            {
                var compiled = JsonSchema.Compile(group["schema"]!.Value, "schema.json", registry, options);
                foreach (var test in group["tests"]!.Value.Elements)
                {
                    var verdict = compiled.Value?.IsValid(test["data"]!.Value);
                    var agrees = verdict == test["valid"]!.Value.AsBoolean
                        && compiled.Value!.Evaluate(test["data"]!.Value, "i.json").Count == 0 == verdict;
                    if (agrees)
                        passed++;
                    else
                        failed.Add($"{Path.GetFileName(file)} | {group["description"]!.Value.AsString} | {test["description"]!.Value.AsString} {string.Join(';', compiled.Findings)}");
                }
            }
        }
        return (passed, failed);
    }

    private static SchemaRegistry Remotes(SchemaDraft draft)
    {
        var registry = new SchemaRegistry { DefaultDraft = draft };
        var root = Folders.Shared("json-schema-test-suite", "remotes");
        foreach (var file in Directory.GetFiles(root, "*.json", SearchOption.AllDirectories))
            registry.Add("http://localhost:1234/" + Path.GetRelativePath(root, file).Replace('\\', '/'), Read(file));
        return registry;
    }

    private static DocumentNode Read(string file)
    {
        var parsed = ArtifactParser.Parse(File.ReadAllBytes(file), file);
        // The suite has strings with NUL on purpose; artifacts may not, so the parser says so and reads on.
        Assert.All(parsed.Findings, finding => Assert.Equal("parse.nul", finding.Rule));
        return parsed.Root!.Value;
    }
}
