using System.Collections.Immutable;
using static Planning.Engine.Digests.Markdown.DigestWords;
using static Planning.Engine.Digests.Markdown.MarkdownText;

namespace Planning.Engine.Digests.Markdown;

/// <summary>Governance and gates.</summary>
internal static class QualityPage
{
    public static void Governance(MarkdownWriter page, GovernanceSection? governance)
    {
        if (governance is null)
            return;
        page.Heading(2, "Governance compliance");
        page.Table(["Figure", "Value"], governance.Figures.Select(f => (string[])[Label(f.Name), Numbers.Text(f.Value)]));
        if (!governance.Compliance.IsEmpty)
        {
            page.Heading(3, "Compliance");
            page.Bullets(governance.Compliance.Select(c =>
                $"{Sign(c.PlansWithViolations == 0 ? Mark.Good : Mark.Bad)} {Escape(c.Tag)}: {c.Plans} {(c.Plans == 1 ? "plan" : "plans")}, {c.PlansWithViolations} with enforced violations"));
        }
        if (!governance.Violations.IsEmpty)
        {
            page.Heading(3, "Violations");
            page.Table(
                ["Plan", "Rule", "What was missing", "Mode"],
                governance.Violations.Select(v => (string[])[Code(v.Plan.Value), Escape(v.Rule), Escape(v.Message), v.Enforced ? "enforced" : "warned"]));
        }
        if (governance.Waivers.IsEmpty)
            return;
        page.Heading(3, "Waivers");
        page.Table(
            ["Plan", "Gate", "Finding", "Reason", "Until", "By"],
            governance.Waivers.Select(w => (string[])
                [Code(w.Plan.Value), Escape(w.Gate), Code(w.Fingerprint), Escape(w.Reason), Instant(w.ExpiresAt), Code(w.By.Value)]));
    }

    public static void Gates(MarkdownWriter page, ImmutableArray<GateRow>? gates)
    {
        if (gates is not { } rows)
            return;
        page.Heading(2, "Gate effectiveness");
        page.Table(
            ["Gate", "Finished", "Passed", "Failed", "Cached", "Aborted", "Pass rate", "Findings"],
            rows.Select(g => (string[])
            [
                Escape(g.Gate), Numbers.Text(g.Finished), Numbers.Text(g.Passed), Numbers.Text(g.Failed), Numbers.Text(g.Cached), Numbers.Text(g.Aborted),
                Numbers.Text(g.PassRate, "percentage"), Numbers.Text(g.Findings),
            ]));
    }
}
