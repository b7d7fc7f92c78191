using Planning.Artifacts.Documents;
using Planning.Artifacts.Lint;
using Planning.Artifacts.Tests.Support;
using Xunit.Abstractions;
using static Planning.Artifacts.Tests.Support.Parsing;

namespace Planning.Artifacts.Tests.Fuzz;

public sealed class RealFileTests(ITestOutputHelper output)
{
    [SharedDataFact]
    public void Each_of_298_real_planning_files_parses_or_has_a_finding_with_its_place()
    {
        var files = Directory.GetFiles(Folders.Shared("keps"), "kep.yaml", SearchOption.AllDirectories);
        Assert.Equal(298, files.Length);
        var rules = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            var parsed = ArtifactParser.Parse(File.ReadAllBytes(file), "kep.yaml");
            Assert.True(parsed.Root is not null || parsed.Findings.Count > 0, file);
            var findings = parsed.Findings.Concat(YamlLint.Run(parsed)).ToList();
            Assert.All(findings, finding => FindingAssert.IsInside(finding, parsed.Bytes.Span));
            foreach (var finding in findings)
                rules[finding.Rule] = rules.GetValueOrDefault(finding.Rule) + 1;
        }
        output.WriteLine(string.Join(", ", rules.Select(rule => $"{rule.Key} {rule.Value}")));
    }

    [SharedDataFact]
    public void A_month_that_does_not_exist_is_a_lint_finding_and_no_crash()
    {
        var bytes = File.ReadAllBytes(Folders.Shared("keps", "sig-api-machinery", "4355-coordinated-leader-election", "kep.yaml"));
        var parsed = ArtifactParser.Parse(bytes, "kep.yaml");
        Assert.Empty(parsed.Findings);
        Assert.Equal("2023-14-05", parsed.Root!.Value["creation-date"]!.Value.AsString);
        Assert.Contains("yaml.date 10:16", Places(YamlLint.Run(parsed)));
    }
}
