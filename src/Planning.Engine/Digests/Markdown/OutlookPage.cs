using System.Collections.Immutable;
using Planning.Domain.Plans;
using static Planning.Engine.Digests.Markdown.DigestWords;
using static Planning.Engine.Digests.Markdown.MarkdownText;

namespace Planning.Engine.Digests.Markdown;

/// <summary>What follows from the cycle.</summary>
internal static class OutlookPage
{
    public static void Write(MarkdownWriter page, Digest digest)
    {
        if (digest.Insights is { } insights)
        {
            page.Heading(2, "Insights");
            page.Bullets(insights.Select(i => Escape(i.Text)));
        }
        if (digest.Recommendations is { } recommendations)
        {
            page.Heading(2, "Recommendations");
            page.Numbered(recommendations.Select(Escape));
        }
        if (digest.LessonsLearned is { } lessons)
        {
            page.Heading(2, "Lessons learned");
            Titled(page, "What worked well", lessons.WorkedWell);
            Titled(page, "What to improve", lessons.ToImprove);
        }
        if (digest.Next is { } next)
            Next(page, next);
    }

    public static void Foot(MarkdownWriter page, Digest digest)
    {
        if (digest.NotesProblems is { } problems)
            Titled(page, "Notes that could not be read", problems);
        if (digest.Distribution is { } distribution)
            Titled(page, "Distribution", distribution);
        page.Paragraph($"**Digest status**: final (form {digest.DigestVersion})");
    }

    private static void Next(MarkdownWriter page, NextCycle next)
    {
        page.Heading(2, "Next cycle");
        if (next.Cycle is { } id)
            page.Paragraph(next.Name is { } name ? $"**{Escape(name)}** ({Code(id.Value)}), {Day(next.StartsOn)} to {Day(next.EndsOn)}" : Code(id.Value));
        Titled(page, "Objectives", next.Goals);
        Titled(page, "Success criteria", next.SuccessCriteria);
        if (next.CarriedOver.IsEmpty)
            return;
        page.Heading(3, "Carried over");
        page.Bullets(next.CarriedOver.Select(p => $"{Sign(Mark.Pending)} {Escape(p.Title)} ({Code(p.Plan.Value)}): {Code(Lifecycle.Wire(p.State))}"));
    }

    private static void Titled(MarkdownWriter page, string title, ImmutableArray<string> items)
    {
        if (items.IsEmpty)
            return;
        page.Heading(3, title);
        page.Bullets(items.Select(Escape));
    }
}
