using System.Globalization;
using Planning.Client;
using Planning.Contracts;
using Spectre.Console;

namespace Planning.Cli.Demo;

/// <summary>What the demo shows on the terminal.</summary>
internal sealed class DemoScript(IAnsiConsole console)
{
    private const int MaxShown = 12;

    public void Chapter(string title)
    {
        console.WriteLine();
        console.MarkupLine($"[bold]{Markup.Escape(title)}[/]");
    }

    public void Done(string what) => Line("green", "✓", what);

    public void Moved(string person, TransitionView moved) =>
        Line("green", "→", $"{person}: {moved.Trigger}{(moved.Gate is null ? "" : $", gate {moved.Gate} passed")}: {moved.From} → {moved.To}");

    public void Blocked(string person, string trigger, IReadOnlyList<ProblemError> errors)
    {
        Line("red", "✗", $"{person}: {trigger} is blocked, {errors.Count} thing{(errors.Count == 1 ? "" : "s")} in the way:");
        foreach (var error in errors.Take(MaxShown))
            console.WriteLine($"      {error.Source}: {error.Message}");
        if (errors.Count > MaxShown)
            console.WriteLine($"      … and {errors.Count - MaxShown} more");
    }

    public void Refused(string what, string message, IReadOnlyList<ProblemError> errors)
    {
        Line("red", "✗", $"{what}: {message}");
        foreach (var error in errors.Take(MaxShown))
            console.WriteLine($"      {error.Message}");
    }

    /// <summary>The month of a day and the next one, with what takes an environment in them.</summary>
    public void Month(DateOnly day, IReadOnlyList<ScheduleEntryView> entries)
    {
        foreach (var month in new[] { day, day.AddMonths(1) })
        {
            var calendar = new Calendar(month.Year, month.Month).Culture(CultureInfo.InvariantCulture).HighlightStyle(new Style(Color.Yellow, decoration: Decoration.Bold));
            var days = entries.SelectMany(Days).Where(d => d.Year == month.Year && d.Month == month.Month).Distinct().ToArray();
            if (days.Length == 0 && month != day)
                continue;
            foreach (var taken in days)
                calendar.AddCalendarEvent(taken.Year, taken.Month, taken.Day);
            console.Write(calendar);
        }
        foreach (var entry in entries)
            console.WriteLine($"    {entry.From:yyyy-MM-dd HH:mm}Z to {entry.To:yyyy-MM-dd HH:mm}Z  {entry.Kind}, {entry.Mode}, by {entry.By}{(entry.Purpose is null ? "" : $": {entry.Purpose}")}");
    }

    private static IEnumerable<DateOnly> Days(ScheduleEntryView entry)
    {
        for (var day = DateOnly.FromDateTime(entry.From.UtcDateTime); day <= DateOnly.FromDateTime(entry.To.UtcDateTime); day = day.AddDays(1))
            yield return day;
    }

    public void Show(string document)
    {
        foreach (var line in document.Split('\n'))
            console.WriteLine("    " + line.TrimEnd());
    }

    /// <summary>Follows the live stream until an event of this type has come.</summary>
    public async Task WaitForAsync(PlanningClient client, string type, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        var beginning = await client.Events.ListAsync(after: 0, limit: 1, cancellation: limit.Token);
        await foreach (var item in client.Events.FollowAsync($"{beginning.Epoch}:0", type, cancellation: limit.Token))
        {
            if (item.Event is not { } happened)
                continue;
            Line("grey", "·", $"{happened.Event.Type} at position {happened.Position}, seen on the event stream");
            return;
        }
    }

    /// <summary>The digest, as soon as it is rendered.</summary>
    public async Task<string> DigestAsync(PlanningClient client, string cycle, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            try
            {
                return await client.Cycles.GetDigestMarkdownAsync(cycle, limit.Token);
            }
            catch (PlanningApiException e) when (e.Code is "digest_not_ready" or "digest_not_found")
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, limit.Token);
            }
        }
    }

    private void Line(string colour, string mark, string text) => console.MarkupLine($"  [{colour}]{mark}[/] {Markup.Escape(text)}");
}
