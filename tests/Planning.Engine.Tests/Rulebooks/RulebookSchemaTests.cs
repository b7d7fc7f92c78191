using System.Text;
using Planning.Engine.Rulebooks;
using Xunit;

namespace Planning.Engine.Tests.Rulebooks;

public sealed class RulebookSchemaTests
{
    [Theory]
    [InlineData("gates.yaml", "max_depth: 5", "max_deph: 5", "schema.additionalProperties", "max_deph")]
    [InlineData("gates.yaml", "max_depth: 5", "max_depth: 0", "schema.minimum", "0\n")]
    [InlineData("gates.yaml", "minimum_percent: 80", "minimum_percent: 101", "schema.maximum", "101")]
    [InlineData("gates.yaml", "minimum_percent: 80", "minimum_percent_by_stream: {payments: 101}", "schema.maximum", "101")]
    [InlineData("gates.yaml", "minimum_percent: 80", "minimum_branch_percent: -1", "schema.minimum", "-1")]
    [InlineData("gates.yaml", "minimum_percent: 80", "max_drop_percent: much", "schema.type", "much")]
    [InlineData("gates.yaml", "- type: parity", "- {type: parity, name: p, orphans: maybe}\n      - type: parity", "schema.enum", "maybe")]
    [InlineData("gates.yaml", "strict: true", "strict: yes", "schema.type", "yes")]
    [InlineData("gates.yaml", "timeout_seconds: 30", "timeout_seconds: 0", "schema.exclusiveMinimum", "0\n")]
    [InlineData("gates.yaml", "type: references", "type: script\n        command: a.py", "schema.required", "type: script")]
    [InlineData("gates.yaml", "type: references", "type: script\n        command: ../sh\n        sha256: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "schema.pattern", "../sh")]
    [InlineData("gates.yaml", "type: references", "type: script\n        command: a.py\n        sha256: AAAA", "schema.pattern", "AAAA")]
    [InlineData("gates.yaml", "from: PLANNED", "from: planned", "schema.enum", "planned")]
    [InlineData("gates.yaml", "horizon_days: 90", "freezes: maybe", "schema.enum", "maybe")]
    [InlineData("gates.yaml", "version: 1.0.0", "version: 2.0.0", "schema.enum", "2.0.0")]
    [InlineData("governance.yaml", "review_board: true", "review_board: false", "schema.const", "false")]
    [InlineData("governance.yaml", "approval_count: 3", "approval_count: 0", "schema.minimum", "0\n")]
    [InlineData("governance.yaml", "approval_count: 3", "approval_counts: 3", "schema.additionalProperties", "approval_counts")]
    [InlineData("governance.yaml", "audit_trail: enhanced", "audit_trail: basic", "schema.const", "basic")]
    [InlineData("governance.yaml", "mode: enforce", "mode: strict", "schema.anyOf", "strict")]
    [InlineData("governance.yaml", "mode: enforce", "mode: {percentage: 101}", "schema.maximum", "101")]
    [InlineData("governance.yaml", "critical_zero:", "Critical Zero:", "schema.propertyNames", "Critical Zero")]
    [InlineData("kpis.yaml", "direction: lower_is_better", "direction: down", "schema.enum", "down")]
    [InlineData("kpis.yaml", "target: 1.5", "target: high", "schema.type", "high")]
    [InlineData("kpis.yaml", "    unit: days\n", "", "schema.required", "description: Mean")]
    [InlineData("sealing.yaml", "RSA-SHA256", "RSA-SHA1", "schema.enum", "RSA-SHA1")]
    [InlineData("sealing.yaml", "technical_reviewer", "approver", "schema.enum", "approver")]
    [InlineData("calendars.yaml", "from: 2027-12-20", "from: 20.12.2027", "schema.pattern", "20.12.2027")]
    [InlineData("calendars.yaml", "zone: Europe/Zurich", "time_zone: Europe/Zurich", "schema.additionalProperties", "time_zone")]
    public void What_breaks_the_schema_is_found_at_its_place(string file, string old, string changed, string rule, string at)
    {
        var reading = Variant.Changed(file, old, changed);
        Assert.Null(reading.Rulebook);
        var finding = Assert.Single(reading.Findings, f => f.Rule == rule);
        Assert.StartsWith(at, Variant.From(file, old, changed, finding.Line, finding.Column));
        Assert.NotEmpty(finding.Advice);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("just text")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("gates: 1\ngovernance: 1\nkpis: 1\nsealing: 1\ncalendars: 1")]
    [InlineData("gates: {a: 1, b: {triggers: 1, validators: 1}, c: {triggers: [1], validators: [1, {type: 1}]}}")]
    [InlineData("governance: {tags: [1, {name: 1}], rules: {a: 1, b: {condition: [1], requirements: 1}, c: {condition: 1, requirements: [1, {approval_count: x}], streams: 1}}}")]
    [InlineData("kpis: {a: 1, b: {formula: [], target: {}}}")]
    [InlineData("sealing: {verification: {signers: [1, {role: []}], required_signatures: x}}")]
    [InlineData("calendars: {a: 1, b: {zone: [], freezes: [1, {name: 1, from: [], to: 5}]}}")]
    [InlineData("kinds: 1")]
    [InlineData("kinds: {a: 1, b: {patterns: [1, x.yaml], schemas: 1, migrations: [1]}, c: {patterns: x, schemas: {x: 1, 1: 2}, migrations: {1: 2, 2: {renames: 1, defaults: []}}}}")]
    [InlineData("\0")]
    public void Whatever_a_file_holds_the_answer_is_findings(string text)
    {
        foreach (var file in RulebookFiles.Known)
        {
            var reading = Variant.With(file, text);
            Assert.Null(reading.Rulebook);
            Assert.Contains(reading.Findings, f => f.File == file);
        }
    }

    [Fact]
    public void Bytes_that_are_no_text_give_findings()
    {
        var files = DefaultRulebook.Files.Bytes.SetItem("gates.yaml", new byte[] { 0xFF, 0xFE, 0x00 }).SetItem("kpis.yaml", Encoding.UTF8.GetBytes(new string('[', 10_000)));
        Assert.Equal(["gates.yaml", "kpis.yaml"], RulebookReader.Read(new RulebookFiles(files)).Findings.Select(f => f.File).Distinct());
    }
}
