using System.Text;
using static Planning.Engine.Digests.Markdown.DigestWords;
using static Planning.Engine.Digests.Markdown.MarkdownText;

namespace Planning.Engine.Digests.Markdown;

/// <summary>
/// A digest for people. It shows what the JSON holds and computes nothing of its own; where a number has very many
/// sources it names the first of them, and the JSON names all.
/// </summary>
public static class DigestMarkdown
{
    /// <summary>UTF-8 without byte order mark, lines ended by LF.</summary>
    public static byte[] Render(Digest digest)
    {
        var page = new MarkdownWriter();
        Head(page, digest.Cycle);
        Summary(page, digest);
        KpiPage.Table(page, digest.Kpis);
        Decisions(page, digest.Decisions);
        WorkPage.Deliverables(page, digest.Deliverables);
        Risks(page, digest);
        QualityPage.Governance(page, digest.Governance);
        QualityPage.Gates(page, digest.Gates);
        WorkPage.Timeline(page, digest.Timeline);
        WorkPage.Resources(page, digest.Resources);
        OutlookPage.Write(page, digest);
        KpiPage.Appendix(page, digest);
        OutlookPage.Foot(page, digest);
        return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetBytes(page.ToString());
    }

    private static void Head(MarkdownWriter page, DigestCycle cycle)
    {
        page.Heading(1, $"Cycle digest: {Escape(cycle.Name)}");
        page.Bullets(
            $"**Cycle**: {Code(cycle.Id.Value)}",
            $"**Period**: {Day(cycle.StartsOn)} to {Day(cycle.ClosedOn)} (planned until {Day(cycle.EndsOn)})",
            $"**Generated**: {Instant(cycle.GeneratedAt)}",
            $"**Rulebook**: {Code(cycle.RulebookHash.Value)}",
            $"**Log position**: {cycle.Position}");
    }

    private static void Summary(MarkdownWriter page, Digest digest)
    {
        page.Heading(2, "Executive summary");
        page.Table(["Figure", "Value"], digest.Summary.Select(f => (string[])[Label(f.Name), Numbers.Text(f.Value, f.Unit)]));
        if (!digest.Cycle.Goals.IsEmpty)
        {
            page.Heading(3, "Goals");
            page.Bullets(digest.Cycle.Goals.Select(Escape));
        }
        if (digest.Highlights.IsEmpty)
            return;
        page.Heading(3, "Highlights");
        page.Bullets(digest.Highlights.Select(h => $"{Sign(h.Mark)} {Escape(h.Text)}"));
    }

    private static void Decisions(MarkdownWriter page, DecisionsSection? decisions)
    {
        if (decisions is null)
            return;
        page.Heading(2, "Decisions");
        page.Numbered(decisions.Noted.Select(d => $"**{Escape(d.Title)}**: {Escape(d.Reason)}{(d.Date is { } day ? $" ({Day(day)})" : "")}"));
        if (decisions.Board.IsEmpty)
            return;
        page.Heading(3, "Review board");
        page.Table(
            ["Plan", "Decision", "By", "Comment"],
            decisions.Board.Select(b => (string[])[Escape(b.Title), b.Verdict.ToString().ToLowerInvariant(), Code(b.Person.Value), Escape(b.Comment ?? "–")]));
    }

    private static void Risks(MarkdownWriter page, Digest digest)
    {
        if (digest.Risks is not { } risks)
            return;
        page.Heading(2, "Risks");
        page.Table(
            ["Risk", "Impact", "Probability", "Mitigation", "Status"],
            risks.Select(r => (string[])[Escape(r.Text), Escape(r.Impact), Escape(r.Probability), Escape(r.Mitigation ?? "–"), Status(r.Status)]));
    }

    private static string Status(string? status) => status switch
    {
        null => "–",
        "mitigated" or "closed" or "accepted" => $"{Sign(Mark.Good)} {status}",
        "open" => $"{Sign(Mark.Pending)} {status}",
        _ => Escape(status),
    };
}
