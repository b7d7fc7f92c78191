using System.Text;
using Planning.Artifacts;
using Planning.Domain.Governance;
using Planning.Domain.Rulebooks;
using Planning.Engine.Rulebooks;
using Xunit;

namespace Planning.Engine.Tests.Rulebooks;

public sealed class RulebookReaderTests
{
    [Theory]
    [InlineData("gates.yaml", "type: parity", "type: parety", RulebookRules.UnknownValidator, "parety", "/gates/parity_coverage/validators/1/type", "There is no validator parety.", "Did you mean parity?")]
    [InlineData("gates.yaml", "to: EXECUTED", "to: VALIDATED", RulebookRules.UnreachableGate, "from: PACKAGED", "/gates/parity_coverage/triggers/0", "The gate parity_coverage is never reached: no gated transition leads from PACKAGED to VALIDATED.", "Gated are PLANNED to READY_FOR_HANDOFF, READY_FOR_HANDOFF to PACKAGED, PACKAGED to EXECUTED.")]
    [InlineData("gates.yaml", "      - from: PACKAGED\n        to: EXECUTED", "      - from: PACKAGED\n        to: EXECUTED\n      - from: PLANNED\n        to: READY_FOR_HANDOFF", RulebookRules.TwoGates, "from: PLANNED", "/gates/parity_coverage/triggers/1", "The gates schema_lint and parity_coverage both decide over PLANNED to READY_FOR_HANDOFF.", "Put all validators into one of them.")]
    [InlineData("gates.yaml", "type: parity", "type: coverage", RulebookRules.DuplicateName, "coverage\n", "/gates/parity_coverage/validators/1/type", "The gate parity_coverage has a validator coverage already.", "Give each a name of its own.")]
    [InlineData("governance.yaml", "\"tags.criticality == 0\"", "\"tags.critcality == 0\"", RulebookRules.Formula, "tags.critcality", "/governance/rules/critical_zero/condition", "The name tags.critcality does not exist.", "Did you mean tags.criticality?")]
    [InlineData("governance.yaml", "\"tags.criticality == 0\"", "tags.criticality == '0'", RulebookRules.Formula, "== '0'", "/governance/rules/critical_zero/condition", "== compares a number with a text, which are never equal.", "Take the quotes away.")]
    [InlineData("governance.yaml", "\"tags.criticality == 0\"", "'tags.compliance == ''so'''", RulebookRules.Formula, "''so''", "/governance/rules/critical_zero/condition", "tags.compliance is never 'so'.", "Did you mean sox?")]
    [InlineData("governance.yaml", "\"tags.criticality == 0\"", "\"tags.compliance == \\\"none\\\" or x\"", RulebookRules.Formula, "x\"\n", "/governance/rules/critical_zero/condition", "The name x does not exist.", null)]
    [InlineData("governance.yaml", "\"tags.criticality == 0\"", ">-\n        tags.criticality == 0 and x", RulebookRules.Formula, ">-", "/governance/rules/critical_zero/condition", "The name x does not exist. (character 27 of the expression)", null)]
    [InlineData("governance.yaml", "default: internal", "default: interal", RulebookRules.UnknownDefault, "interal", "/governance/tags/2/default", "The default of data_classification is 'interal', which the tag never is.", "Did you mean internal?")]
    [InlineData("governance.yaml", "- name: change_type", "- name: compliance", RulebookRules.DuplicateName, "compliance\n", "/governance/tags/3/name", "The tag compliance is defined already.", "Define each tag once.")]
    [InlineData("governance.yaml", "documentation: regulatory_standard", "documentation: regulatory", RulebookRules.UnknownStandard, "regulatory\n", "/governance/rules/compliance_sox/requirements/2/documentation", "The documentation standard regulatory is not defined.", null)]
    [InlineData("kpis.yaml", "avg(task_days)", "avg(taskdays)", RulebookRules.Formula, "taskdays", "/kpis/cycle_time/formula", "The name taskdays does not exist.", "Did you mean task_days?")]
    [InlineData("kpis.yaml", "avg(task_days)", "avg(task_days) > 3", RulebookRules.Formula, "> 3", "/kpis/cycle_time/formula", "The expression is true or false; a number is needed.", "Change what it computes.")]
    [InlineData("kpis.yaml", "target: 3", "target: 1e40", RulebookRules.Number, "1e40", "/kpis/cycle_time/target", "1e40 cannot be computed with.", null)]
    [InlineData("sealing.yaml", "required_signatures: 2", "required_signatures: 3", RulebookRules.SignerCount, "3\n", "/sealing/verification/required_signatures", "3 signatures are required, and 2 signers are named.", "Write required_signatures: 2, or name as many signers as are required.")]
    [InlineData("sealing.yaml", "role: technical_reviewer", "role: planning_lead", RulebookRules.DuplicateSigner, "planning_lead\n", "/sealing/verification/signers/1/role", "The role planning_lead signs twice.", null)]
    [InlineData("calendars.yaml", "Europe/Zurich", "Europe/Zuerich", RulebookRules.UnknownZone, "Europe/Zuerich", "/calendars/year_end/zone", "There is no time zone Europe/Zuerich.", null)]
    [InlineData("calendars.yaml", "2028-01-03", "2027-01-03", RulebookRules.FreezeEndsEarly, "2027-01-03", "/calendars/year_end/freezes/0/to", "The freeze closing_2027 ends on 2027-01-03, before it starts on 2027-12-20.", null)]
    [InlineData("calendars.yaml", "2028-01-03", "2028-02-30", RulebookRules.NoDay, "2028-02-30", "/calendars/year_end/freezes/0/to", "2028-02-30 is no day of the calendar.", null)]
    public void What_no_schema_can_see_is_found_at_its_place(
        string file, string old, string changed, string rule, string at, string pointer, string message, string? advice)
    {
        var reading = Variant.Changed(file, old, changed);
        Assert.Null(reading.Rulebook);
        var finding = Assert.Single(reading.Findings, f => f.Rule == rule);
        Assert.Equal((file, pointer, message), (finding.File, finding.Pointer, finding.Message));
        Assert.StartsWith(at, Variant.From(file, old, changed, finding.Line, finding.Column));
        Assert.Equal(advice ?? finding.Advice, finding.Advice);
        Assert.NotEmpty(finding.Advice);
    }

    [Fact]
    public void A_gated_transition_without_a_gate_is_found()
    {
        var reading = Variant.Changed("gates.yaml", "to: EXECUTED", "to: VALIDATED");
        Assert.Equal("No gate decides over PACKAGED to EXECUTED.", Assert.Single(reading.Findings, f => f.Rule == RulebookRules.MissingGate).Message);
    }

    [Fact]
    public void Rules_with_one_condition_may_not_ask_for_different_counts()
    {
        const string second = "\n    critical_again:\n      condition: tags.criticality==0\n      requirements:\n        - approval_count: 2\n        - review_board: true\n";
        var finding = Variant.Only(Variant.With("governance.yaml", Variant.Shipped("governance.yaml") + second));
        Assert.Equal(
            (RulebookRules.Conflict, "/governance/rules/critical_again/requirements/0/approval_count", "The rules critical_zero and critical_again have the same condition and ask for a different approval_count."),
            (finding.Rule, finding.Pointer, finding.Message));
    }

    [Fact]
    public void A_rule_may_not_contradict_itself()
    {
        var finding = Variant.Only(Variant.Changed("governance.yaml", "- approval_count: 3", "- approval_count: 3\n        - approval_count: 2"));
        Assert.Equal("The rule critical_zero asks for approval_count twice, with different values.", finding.Message);
    }

    [Fact]
    public void Several_standards_of_documentation_add_up()
    {
        var reading = Variant.Changed("governance.yaml", "- documentation: regulatory_standard", "- documentation: regulatory_standard\n        - documentation: risk_analysis");
        Assert.Empty(reading.Findings);
    }

    [Fact]
    public void A_missing_and_an_unknown_file_are_both_told()
    {
        var files = DefaultRulebook.Files.Bytes.Remove("kpis.yaml").Add("kpi.yaml", Encoding.UTF8.GetBytes("kpis: {}"));
        var findings = RulebookReader.Read(new RulebookFiles(files)).Findings;
        Assert.Equal(
            [("kpi.yaml", RulebookRules.UnknownFile, "Did you mean kpis.yaml?"), ("kpis.yaml", RulebookRules.MissingFile, "Add it; the shipped one is a good start.")],
            findings.Select(f => (f.File, f.Rule, f.Advice)));
    }

    [Fact]
    public void Findings_of_all_files_come_at_once_in_order()
    {
        var files = DefaultRulebook.Files.Bytes
            .SetItem("kpis.yaml", Encoding.UTF8.GetBytes(Variant.Shipped("kpis.yaml").Replace("cycle_days", "days").Replace("avg(", "mean(")))
            .SetItem("sealing.yaml", Encoding.UTF8.GetBytes("sealing: [\n"))
            .SetItem("calendars.yaml", Encoding.UTF8.GetBytes(Variant.Shipped("calendars.yaml").Replace("Zurich", "Bern")));
        var findings = RulebookReader.Read(new RulebookFiles(files)).Findings;
        Assert.Equal(
            ["calendars.yaml rulebook.unknown_zone", "kpis.yaml rulebook.formula", "kpis.yaml rulebook.formula", "sealing.yaml parse.syntax"],
            findings.Select(f => $"{f.File} {f.Rule}"));
        Assert.All(findings, f => Assert.True(f is { Line: > 0, Column: > 0, Severity: Severity.Error }));
    }

    [Fact]
    public void Modes_are_read_for_all_rules_for_one_and_for_a_stream()
    {
        var governance = Variant.Shipped("governance.yaml")
            .Replace("  mode: enforce", "  mode: warn")
            .Replace("    critical_zero:\n", "    critical_zero:\n      mode: {percentage: 25}\n      streams: {payments: enforce, sandbox: off}\n");
        var rules = Variant.With("governance.yaml", governance).Rulebook!.Governance.Rules;
        Assert.Equal(new RuleMode(RuleModeKind.Percentage, 25), rules[0].Mode);
        Assert.Equal([RuleMode.Enforce, RuleMode.Off, rules[0].Mode], new[] { "payments", "sandbox", "other" }.Select(rules[0].ModeIn));
        Assert.Equal(RuleMode.Warn, rules[1].Mode);
    }

    [Fact]
    public void Parameters_names_and_time_limits_of_validators_are_read()
    {
        const string timeline = "- type: timeline\n        name: dates\n        calendars: [year_end, '7']\n        freezes: warning\n        timeout_seconds: 2.5\n      - type: parity";
        var validator = Variant.Changed("gates.yaml", "- type: parity", timeline).Rulebook!.Gates[2].Validators[1];
        Assert.Equal(("timeline", "dates", TimeSpan.FromSeconds(2.5)), (validator.Type, validator.Name, validator.Timeout));
        Assert.Equal(["calendars=[\"year_end\",\"7\"]", "freezes=\"warning\""], validator.Parameters.Select(p => $"{p.Key}={p.Value}"));
    }

    [Fact]
    public void The_other_algorithm_is_PSS() =>
        Assert.Equal(SealAlgorithm.RsaPssSha256, Variant.Changed("sealing.yaml", "RSA-SHA256", "RSA-PSS-SHA256").Rulebook!.Sealing.Algorithm);
}
