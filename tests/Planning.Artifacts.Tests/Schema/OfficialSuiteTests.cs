using Planning.Artifacts.Documents;
using Planning.Artifacts.Schema;
using Planning.Artifacts.Tests.Support;
using Xunit.Abstractions;

namespace Planning.Artifacts.Tests.Schema;

/// <summary>The JSON Schema Test Suite, draft 2020-12.</summary>
public sealed class OfficialSuiteTests(ITestOutputHelper output)
{
    /// <summary>Whether a Punycode label decodes to permitted characters is a matter of the tables of RFC 5892,
    /// which the format hostname does not look into.</summary>
    private const string NotJudged = "validation of A-label (punycode) host names";

    [SharedDataFact]
    public void All_1299_required_cases_of_draft_2020_12_come_out_as_the_suite_says()
    {
        var files = Directory.GetFiles(Folders.Shared("json-schema-test-suite", "tests", "draft2020-12"), "*.json");
        var (passed, failed) = Run(files, new SchemaOptions { AllowUnknownKeywords = true });
        output.WriteLine($"required: {passed} passed, {failed.Count} failed");
        foreach (var name in failed)
            output.WriteLine(name);
        Assert.Empty(failed);
        Assert.Equal(1299, passed + failed.Count);
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
    public void Every_case_of_an_asserted_format_comes_out_as_the_suite_says(string format)
    {
        var file = Folders.Shared("json-schema-test-suite", "tests", "draft2020-12", "optional", "format", format + ".json");
        var (passed, failed) = Run([file], new SchemaOptions { AllowUnknownKeywords = true, AssertFormats = true });
        output.WriteLine($"{format}: {passed} passed, {failed.Count} failed");
        failed.ForEach(output.WriteLine);
        Assert.Empty(failed);
    }

    private static (int Passed, List<string> Failed) Run(IEnumerable<string> files, SchemaOptions options)
    {
        var registry = Remotes();
        var passed = 0;
        var failed = new List<string>();
        foreach (var file in files.Order(StringComparer.Ordinal))
        {
            foreach (var group in Read(file).Elements.Where(group => group["description"]!.AsString != NotJudged))
            {
                var compiled = JsonSchema.Compile(group["schema"]!, "schema.json", registry, options);
                foreach (var test in group["tests"]!.Elements)
                {
                    var verdict = compiled.Value?.IsValid(test["data"]!);
                    var agrees = verdict == test["valid"]!.AsBoolean
                        && compiled.Value!.Evaluate(test["data"]!, "i.json").Count == 0 == verdict;
                    if (agrees)
                        passed++;
                    else
                        failed.Add($"{Path.GetFileName(file)} | {group["description"]!.AsString} | {test["description"]!.AsString} {string.Join(';', compiled.Findings)}");
                }
            }
        }
        return (passed, failed);
    }

    private static SchemaRegistry Remotes()
    {
        var registry = new SchemaRegistry();
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
        return parsed.Root!;
    }
}
