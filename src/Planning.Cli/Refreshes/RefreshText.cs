using System.Globalization;
using System.Text;
using Planning.Client;
using Planning.Contracts;

namespace Planning.Cli.Refreshes;

/// <summary>Refreshes as lines of text.</summary>
internal static class RefreshText
{
    public static string Of(RefreshView r)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{r.Id}  {r.Status}  {r.Type} of {r.EnvironmentId}, {r.Level}");
        text.AppendLine(CultureInfo.InvariantCulture, $"  {Span(r.From, r.To)}, requested by {r.RequestedBy}: {r.Reason}");
        foreach (var loss in r.Destroys)
            text.AppendLine(CultureInfo.InvariantCulture, $"  destroys of {loss.Environment} ({loss.EnvironmentId}): {string.Join(", ", loss.Assets)}");
        if (r.Approval is { } approval)
            text.AppendLine(CultureInfo.InvariantCulture, $"  approved by {approval.By}{(approval.Notes is null ? "" : $": {approval.Notes}")}");
        if (r.Rejected is not null)
            text.AppendLine(CultureInfo.InvariantCulture, $"  rejected: {r.Rejected}");
        if (r.Pending is { } pending)
            text.AppendLine(CultureInfo.InvariantCulture, $"  {(pending.Parked is null ? $"its slot {Span(pending.From, pending.To)} is being looked for" : $"waits for somebody to resume it: {pending.Parked}")}");
        if (r.Refused is { } refused)
            text.AppendLine(CultureInfo.InvariantCulture, $"  without a slot: {refused.Reason}");
        foreach (var conflict in r.Refused?.Conflicts ?? r.Conflicts)
            text.Append(Line(conflict));
        foreach (var run in r.History)
            text.Append("  ").Append(Line(run));
        if (r.Triggers.Count > 0)
            text.AppendLine(CultureInfo.InvariantCulture, $"  takes {string.Join(", ", r.Triggers)}");
        return text.ToString();
    }

    public static string Of(IReadOnlyList<RefreshItem> items) => items.Count == 0
        ? "There are none that you may see." + Environment.NewLine
        : string.Concat(items.Select(r => $"{r.Id}  {r.Status,-11}  {Span(r.From, r.To)}  {r.Type} of {r.EnvironmentId}, {r.Level}, by {r.RequestedBy}{Environment.NewLine}"));

    public static string Of(RefreshConflictsView conflicts) =>
        (conflicts.Items.Count == 0 ? "Nothing stands in the way." + Environment.NewLine : string.Concat(conflicts.Items.Select(Line)))
        + (conflicts.Total > conflicts.Items.Count ? $"  and {conflicts.Total - conflicts.Items.Count} more{Environment.NewLine}" : "")
        + (conflicts.NextFreeFrom is { } from && conflicts.NextFreeTo is { } to ? $"Free of everything: {Span(from, to)}{Environment.NewLine}" : "");

    public static string Of(IReadOnlyList<RefreshRunView> runs) =>
        runs.Count == 0 ? "Nothing was done that you may see." + Environment.NewLine : string.Concat(runs.Select(Line));

    /// <summary>An entry of a calendar.</summary>
    public static string Of(CalendarItem item) =>
        $"  {Span(item.From, item.To)}  {item.Kind} {item.Id}{With(", ", item.Type)}{(item.EnvironmentId is null ? "" : $" of {item.Environment ?? "an environment"} ({item.EnvironmentId})")}"
        + $"{With(", ", item.Status)}{With(", by ", item.By)}{With(": ", item.Text)}";

    /// <summary>What the server refused, and everything that stands in the way.</summary>
    public static string Of(PlanningApiException refused) =>
        string.Join(Environment.NewLine, refused.Errors.Select(e => $"  {(e.File is null ? "" : $"{e.File}:{e.Line}:{e.Column}: ")}{e.Message}").Prepend($"{refused.Detail} [{refused.Code}]"));

    private static string Line(RefreshConflictView c) => $"  {c.Severity}{(c.Accepted ? ", accepted" : "")}: {c.Message} ({c.Id}){Environment.NewLine}";

    private static string Line(RefreshRunView r) =>
        $"{r.Outcome}  {Span(r.StartedAt, r.EndedAt)}  {r.Type} of {r.EnvironmentId}, by {r.By}{(r.Note is null ? "" : $": {r.Note}")}{Environment.NewLine}";

    private static string With(string before, string? text) => text is null ? "" : before + text;

    private static string Span(DateTimeOffset from, DateTimeOffset to) => string.Create(CultureInfo.InvariantCulture, $"{from.UtcDateTime:yyyy-MM-dd HH:mm}Z to {to.UtcDateTime:yyyy-MM-dd HH:mm}Z");
}
