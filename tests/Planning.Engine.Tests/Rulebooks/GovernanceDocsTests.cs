using Planning.Domain.Governance;
using Planning.Domain.Rulebooks;
using Planning.Engine.Rulebooks;
using Xunit;

namespace Planning.Engine.Tests.Rulebooks;

public sealed class GovernanceDocsTests
{
    private static readonly string Root = FindRoot(AppContext.BaseDirectory);

    [Fact]
    public void Every_name_of_conditions_and_every_shipped_requirement_is_documented()
    {
        var text = File.ReadAllText(Path.Combine(Root, "docs", "governance.md"));
        Assert.All(GovernanceScope.For([]).Names, name => Assert.Contains($"| `{name}` |", text));
        Assert.All(DefaultRulebook.Load().Governance.Tags, tag => Assert.Contains($"| `{tag.Name}` |", text));
        Assert.All(DefaultRulebook.Load().Governance.Rules.SelectMany(r => r.Requirements), r => Assert.Contains($"| `{r.Name}: ", text));
    }

    [Fact]
    public void Every_input_of_formulas_and_every_rule_of_the_reader_is_documented()
    {
        var text = File.ReadAllText(Path.Combine(Root, "schemas", "rulebook", "README.md"));
        Assert.All(KpiScope.Inputs.Names, name => Assert.Contains($"| `{name}` |", text));
        Assert.All(typeof(RulebookRules).GetFields(), rule => Assert.Contains($"`{rule.GetRawConstantValue()}`", text));
    }

    private static string FindRoot(string folder) =>
        File.Exists(Path.Combine(folder, "Planning.Orleans.sln")) ? folder : FindRoot(Path.GetDirectoryName(folder)!);
}
