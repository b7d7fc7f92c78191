using System.Security.Cryptography;
using System.Text;
using Planning.Domain;
using Planning.Domain.Governance;
using Planning.Domain.Plans;
using Planning.Domain.Rulebooks;
using Planning.Engine.Rulebooks;
using Xunit;

namespace Planning.Engine.Tests.Rulebooks;

public sealed class DefaultRulebookTests
{
    private static readonly Rulebook Book = DefaultRulebook.Load();

    [Fact]
    public void It_has_three_gates_with_eight_validators_in_the_order_of_the_lifecycle()
    {
        Assert.Equal(
            [
                ("schema_lint", PlanStatus.Planned, PlanStatus.ReadyForHandoff),
                ("cross_stream_consistency", PlanStatus.ReadyForHandoff, PlanStatus.Packaged),
                ("parity_coverage", PlanStatus.Packaged, PlanStatus.Executed),
            ],
            Book.Gates.Select(g => (g.Name, g.From, g.To)));
        Assert.Equal(
            ["json_schema", "yaml_lint", "references", "dependency_graph", "timeline", "resource_capacity", "coverage", "parity"],
            Book.Gates.SelectMany(g => g.Validators).Select(v => v.Type));
    }

    [Theory]
    [InlineData("yaml_lint", "strict", "true")]
    [InlineData("dependency_graph", "max_depth", "5")]
    [InlineData("timeline", "horizon_days", "90")]
    [InlineData("resource_capacity", "capacity_model", "\"team_capacity.yaml\"")]
    [InlineData("coverage", "minimum_percent", "80")]
    public void A_validator_keeps_its_parameters_as_JSON(string type, string parameter, string json)
    {
        var validator = Book.Gates.SelectMany(g => g.Validators).Single(v => v.Type == type);
        Assert.Equal(json, Assert.Single(validator.Parameters, p => p.Key == parameter).Value);
        Assert.Equal((type, TimeSpan.FromSeconds(30)), (validator.Name, validator.Timeout));
    }

    [Fact]
    public void Critical_plans_and_sox_have_the_shipped_requirements()
    {
        Assert.Equal(
            [
                ("critical_zero", "tags.criticality == 0", "approval_count review_board emergency_contact rollback_plan"),
                ("compliance_sox", "tags.compliance == 'sox'", "audit_trail change_freeze documentation"),
            ],
            Book.Governance.Rules.Select(r => (r.Name, r.Condition.Text, string.Join(' ', r.Requirements.Select(q => q.Name)))));
        Assert.Equal(new ApprovalCount(3), Book.Governance.Rules[0].Requirements[0]);
        Assert.All(Book.Governance.Rules, r => Assert.Equal(RuleMode.Enforce, r.Mode));
    }

    [Fact]
    public void It_has_five_tags_with_their_defaults() =>
        Assert.Equal(
            ["compliance=none", "criticality=2", "data_classification=internal", "change_type=normal", "stream="],
            Book.Governance.Tags.Select(t => $"{t.Name}={t.Default}"));

    [Fact]
    public void It_has_five_KPIs_with_target_and_direction() =>
        Assert.Equal(
            [
                ("planning_velocity", 1.5m, KpiDirection.HigherIsBetter),
                ("quality_gate_pass_rate", 95m, KpiDirection.HigherIsBetter),
                ("handoff_success_rate", 100m, KpiDirection.HigherIsBetter),
                ("cycle_time", 3m, KpiDirection.LowerIsBetter),
                ("defect_escape_rate", 5m, KpiDirection.LowerIsBetter),
            ],
            Book.Kpis.Select(k => (k.Name, k.Target, k.Direction)));

    [Fact]
    public void Two_roles_seal_with_RSA_and_SHA_256()
    {
        Assert.Equal(SealAlgorithm.RsaSha256, Book.Sealing.Algorithm);
        Assert.Equal([Role.PlanningLead, Role.TechnicalReviewer], Book.Sealing.RequiredSigners.AsEnumerable());
    }

    [Fact]
    public void Its_calendar_freezes_the_turn_of_a_year()
    {
        var calendar = Assert.Single(Book.Calendars);
        Assert.Equal("closing_2027", calendar.FreezeAt(new DateTimeOffset(2027, 12, 31, 12, 0, 0, TimeSpan.Zero))?.Name);
        Assert.Null(calendar.FreezeAt(new DateTimeOffset(2027, 6, 1, 12, 0, 0, TimeSpan.Zero)));
    }

    [Fact]
    public void The_commented_rules_for_gdpr_and_hipaa_stand_when_the_marks_are_taken_away()
    {
        var governance = string.Join('\n', Variant.Shipped(RulebookFiles.Governance).Split('\n').Select(line =>
            line.StartsWith("    # ", StringComparison.Ordinal) && !line.StartsWith("    # Take", StringComparison.Ordinal) && !line.Contains("Any value") && !line.Contains("What \"")
                ? "    " + line[6..]
                : line));
        var reading = Variant.With(RulebookFiles.Governance, governance);
        Assert.Empty(reading.Findings);
        Assert.Equal(["critical_zero", "compliance_sox", "compliance_gdpr", "compliance_hipaa"], reading.Rulebook!.Governance.Rules.Select(r => r.Name));
    }

    [Fact]
    public void Its_hash_is_that_of_the_listing_of_its_files()
    {
        var listing = string.Concat(new[] { "calendars", "gates", "governance", "kpis", "sealing" }.Select(name =>
        {
            var bytes = DefaultRulebook.Files.Bytes[name + ".yaml"].ToArray();
            return $"{name}.yaml:{bytes.Length}:{Convert.ToHexStringLower(SHA256.HashData(bytes))}\n";
        }));
        Assert.Equal("sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(listing))), Book.Hash.Value);
        Assert.Same(Book, DefaultRulebook.Load());
    }

    [Fact]
    public void Any_changed_byte_is_another_hash()
    {
        var changed = Variant.Changed(RulebookFiles.Kpis, "# What every", "# What each");
        Assert.NotEqual(Book.Hash, changed.Rulebook!.Hash);
        Assert.Equal(RulebookFiles.Names.AsEnumerable(), DefaultRulebook.Files.FileHashes.Keys);
    }
}
