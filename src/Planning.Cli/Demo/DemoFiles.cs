using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Planning.Cli.Demo;

/// <summary>
/// The example of schemas/examples/payments-q1, carried inside the program, with its days moved so that the plan starts next
/// Monday: a plan of the past would be refused, and rightly.
/// </summary>
internal sealed partial class DemoFiles
{
    private static readonly DateOnly ExampleStart = new(2027, 1, 4);

    private readonly int days;

    public DemoFiles(DateOnly today)
    {
        var monday = today.AddDays(((int)DayOfWeek.Monday - (int)today.DayOfWeek + 7) % 7);
        days = monday.DayNumber - ExampleStart.DayNumber;
    }

    /// <summary>What is planned and sealed, in the order in which it is attached.</summary>
    public static IReadOnlyList<string> Content { get; } =
    [
        "story_map.md", "team_capacity.yaml", "parity.json", "rollback_plan.md", "regulatory_statement.md", "event_schema.json", "ledger_schema.json",
        "bus_config.yaml", "state_machine.yaml", "transition_rules.json", "alert_rules.yaml",
    ];

    public byte[] Read(string name) => Encoding.UTF8.GetBytes(Text(name));

    public string Text(string name)
    {
        using var stream = typeof(DemoFiles).Assembly.GetManifestResourceStream($"demo/{name}")
            ?? throw new ArgumentException($"The example has no file {name}.", nameof(name));
        using var reader = new StreamReader(stream);
        return Moved(reader.ReadToEnd(), days);
    }

    /// <summary>A text with every calendar day in it moved.</summary>
    public static string Moved(string text, int days) => Day().Replace(text, day =>
        DateOnly.TryParseExact(day.Value, "yyyy-MM-dd", out var date) ? date.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : day.Value);

    [GeneratedRegex(@"\b20[0-9]{2}-[0-9]{2}-[0-9]{2}\b", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Day();
}
