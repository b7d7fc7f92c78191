using System.CommandLine;
using System.Globalization;
using Planning.Client;

namespace Planning.Cli.Refreshes;

/// <summary><c>planning refresh calendar</c>: what takes environments, day by day.</summary>
internal static class CalendarVerb
{
    private const int DefaultDays = 31;

    public static Command Build()
    {
        var from = new Option<DateOnly>("--from")
        {
            Description = "First day, in UTC. Default: today.",
            HelpName = "DATE",
            DefaultValueFactory = _ => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime),
            CustomParser = result =>
            {
                if (DateOnly.TryParseExact(result.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                    return day;
                result.AddError($"--from is a day such as 2027-01-31, not '{result.Tokens[0].Value}'.");
                return default;
            },
        };
        var days = new Option<int>("--days") { Description = "How many, at most 366.", DefaultValueFactory = _ => DefaultDays };
        var environment = new Option<string?>("--environment") { Description = "Of this environment alone.", HelpName = "ID" };
        var kind = new Option<string?>("--kind") { Description = "booking, refresh, freeze or maintenance.", HelpName = "KIND" };
        return new Command("calendar", "What takes environments, day by day.") { from, days, environment, kind }.Asks(async (client, parsed, output, stop) =>
        {
            var start = new DateTimeOffset(parsed.GetValue(from), TimeOnly.MinValue, TimeSpan.Zero);
            var query = new CalendarQuery(start, start.AddDays(parsed.GetValue(days)), parsed.GetValue(environment), parsed.GetValue(kind));
            var day = default(DateOnly);
            do
            {
                var page = await client.Calendar.ReadAsync(query, cancellation: stop);
                foreach (var item in page.Items)
                {
                    // What began earlier is still there on the first day.
                    var begins = DateOnly.FromDateTime((item.From < start ? start : item.From).UtcDateTime);
                    if (day != begins)
                        await output.WriteLineAsync(begins.ToString("yyyy-MM-dd, dddd", CultureInfo.InvariantCulture).AsMemory(), stop);
                    day = begins;
                    await output.WriteLineAsync(RefreshText.Of(item).AsMemory(), stop);
                }
                query = query with { Cursor = page.NextCursor };
            }
            while (query.Cursor is not null);
            if (day == default)
                await output.WriteLineAsync("Nothing that you may see takes an environment in these days.".AsMemory(), stop);
        });
    }
}
