using System.Security.Cryptography;
using Planning.Artifacts;
using Planning.Domain.Gates;
using Planning.Engine.Tests.Gates.Pages;
using Planning.Scripts.Sandbox;
using Planning.Scripts.Tests.Support;
using Planning.Testing;

namespace Planning.Scripts.Tests;

/// <summary>docs/validators/script.md is what the validator says of itself. Run with PLANNING_WRITE_GOLDEN=1 to write it anew.</summary>
public sealed class ScriptPageTests
{
    [ScriptFact("python3")]
    public async Task The_page_is_what_the_validator_says_of_itself()
    {
        using var bench = new ScriptBench(isolation: new Isolation(OwnUser: true, Namespaces: false));
        var validator = bench.Validator();
        var page = ValidatorPage.Of(validator, await ExamplesAsync(bench));
        if (Environment.GetEnvironmentVariable("PLANNING_WRITE_GOLDEN") == "1")
            await File.WriteAllTextAsync(ValidatorPage.PathOf(validator), page);

        Assert.Equal(await File.ReadAllTextAsync(ValidatorPage.PathOf(validator)), page);
        Assert.All(validator.Parameters, parameter => Assert.NotEmpty(parameter.Meaning));
    }

    private static async Task<Dictionary<string, FindingSummary>> ExamplesAsync(ScriptBench bench)
    {
        var example = Path.Combine(bench.Folder, "owners.py");
        File.Copy(Repository.At("schemas", "validator", "examples", "owners.py"), example);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(example)));
        var findings = await bench.RunAsync(ScriptBench.Definition(("command", "owners.py"), ("sha256", sha256), ("arguments", new[] { "ada" })));
        return new()
        {
            [ScriptValidator.OwnRule] = Summary(findings[0]),
            [ScriptValidator.IncompleteIsolationRule] = Summary(Assert.Single(findings, f => f.Rule == ScriptValidator.IncompleteIsolationRule)),
        };
    }

    private static FindingSummary Summary(Finding f) => new("", f.Rule, f.File, f.Line, f.Column, f.Pointer, f.Severity.ToString(), f.Message, f.Advice, Waived: false);
}
