using System.Text.Json.Nodes;
using Planning.Testing;
using Xunit;
using Xunit.Abstractions;

namespace Planning.Cli.Tests.Artifacts;

/// <summary>298 real planning files, with their kind registered as a workspace would.</summary>
public sealed class RealFileTests(ITestOutputHelper output)
{
    private static readonly string Rulebook = Repository.At("tests", "Planning.Cli.Tests", "Artifacts", "keps");

    [SharedDataFact("keps")]
    public async Task What_the_lint_says_of_all_enhancement_proposals_is_what_is_known_of_them()
    {
        var run = await ArtifactRun.Async("lint", "--rulebook", Rulebook, "--format", "json", SharedData.At("keps"));
        Assert.Equal((1, ""), (run.ExitCode, run.Error));
        var report = JsonNode.Parse(run.Output)!;
        var findings = report["findings"]!.AsArray().Select(f => new Told((string)f!["file"]!, (int)f["line"]!, (string)f["rule"]!, (string)f["pointer"]!, (string)f["message"]!)).ToArray();
        foreach (var rule in findings.GroupBy(f => f.Rule + " " + f.Pointer.Split('/').ElementAtOrDefault(1)).OrderBy(g => g.Key, StringComparer.Ordinal))
            output.WriteLine($"{rule.Count(),4} {rule.Key}: {rule.First()}");
        output.Say($"{(int)report["files"]!} enhancement proposals: {findings.Length} findings of {findings.Select(f => f.Rule).Distinct().Count()} rules");

        Assert.Equal(298, (int)report["files"]!);
        // What the README of the data counts: one month out of range, odd states and stages and a template that nobody filled in,
        // numbers written as text, numbers that are 0000; and every file loads.
        var month = Assert.Single(findings, f => f.Rule == "yaml.date" && f.Message.Contains("2023-14-05"));
        Assert.EndsWith("sig-api-machinery/4355-coordinated-leader-election/kep.yaml", month.File);
        Assert.Equal((10, "/creation-date"), (month.Line, month.Pointer));
        Assert.Equal(2, findings.Count(f => f is { Pointer: "/status", Rule: "schema.enum" }));
        Assert.Equal(2, findings.Count(f => f is { Pointer: "/stage", Rule: "schema.enum" }));
        Assert.Equal(3, findings.Count(f => f is { Pointer: "/kep-number", Rule: "schema.type" }));
        Assert.Equal(3, findings.Count(f => f is { Pointer: "/kep-number", Rule: "yaml.octal" }));
        Assert.DoesNotContain(findings, f => f.Rule.StartsWith("parse.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_kind_is_judged_without_any_data_too()
    {
        const string kep = "title: T\nkep-number: 12\nauthors:\n  - ada\nowning-sig: sig-apps\nstatus: done\ncreation-date: 2027-01-04\napprovers:\n  - bob\n";
        var run = await ArtifactRun.WithInputAsync(kep, "lint", "--rulebook", Rulebook, "-", "--name", "keps/kep.yaml");
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("keps/kep.yaml:6:9: error schema.enum ", run.Output);
        Assert.Equal(0, (await ArtifactRun.WithInputAsync(kep, "lint", "-", "--name", "keps/kep.yaml")).ExitCode);
    }

    private sealed record Told(string File, int Line, string Rule, string Pointer, string Message);
}
