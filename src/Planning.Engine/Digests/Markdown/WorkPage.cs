using System.Collections.Immutable;
using Planning.Domain.Plans;
using static Planning.Engine.Digests.Markdown.DigestWords;
using static Planning.Engine.Digests.Markdown.MarkdownText;

namespace Planning.Engine.Digests.Markdown;

/// <summary>What was made, when, and with how much effort.</summary>
internal static class WorkPage
{
    public static void Deliverables(MarkdownWriter page, ImmutableArray<Deliverable>? deliverables)
    {
        if (deliverables is not { } rows)
            return;
        page.Heading(2, "Deliverables");
        page.Bullets(rows.Select(d =>
            $"{Sign(d.Mark)} **{Escape(d.Title)}** ({Code(d.Plan.Value)}, {Escape(d.Stream)}): {Code(Lifecycle.Wire(d.State))}"
            + (d.Tasks > 0 ? $", {d.TasksDone} of {d.Tasks} tasks done" : "")
            + (d.CarriedFrom is { } from ? $", carried over from {Code(from.Value)}" : "")));
    }

    public static void Timeline(MarkdownWriter page, TimelineSection? timeline)
    {
        if (timeline is null)
            return;
        page.Heading(2, "Timeline");
        page.Table(
            ["Plan", "Planned", "Actual", "Planned days", "Actual days", "Variance", "Days late", "Status"],
            timeline.Plans.Select(p => (string[])
            [
                Escape(p.Title), p.PlannedStart is null ? "–" : $"{Day(p.PlannedStart)} to {Day(p.PlannedEnd)}",
                p.Began is null ? "–" : $"{Day(p.Began)} to {Day(p.Ended)}", Count(p.PlannedDays), Count(p.ActualDays),
                Signed(p.VariancePercent, " %"), Signed(p.DaysLate, ""), Sign(p.Mark),
            ]));
        if (timeline.Milestones.IsEmpty)
            return;
        page.Heading(3, "Milestones");
        page.Bullets(timeline.Milestones.Select(m => $"{Sign(Mark.Good)} {Code(Lifecycle.Wire(m.State))}: {m.Plans} {(m.Plans == 1 ? "plan" : "plans")}"));
    }

    public static void Resources(MarkdownWriter page, ImmutableArray<StreamRow>? resources)
    {
        if (resources is not { } rows)
            return;
        page.Heading(2, "Resource utilization");
        page.Table(
            ["Stream", "Plans", "Tasks", "Done before", "Done", "Points", "Done before", "Done", "Of those left"],
            rows.Select(r => (string[])
            [
                Escape(r.Stream), Count(r.Plans), Count(r.Tasks), Count(r.TasksDoneBefore), Count(r.TasksDone), Numbers.Text(r.Points),
                Numbers.Text(r.PointsDoneBefore), Numbers.Text(r.PointsDone), Numbers.Text(r.DonePercent, "percentage"),
            ]));
    }

    private static string Count(int? number) => number is { } known ? Numbers.Text(known) : "–";
}
