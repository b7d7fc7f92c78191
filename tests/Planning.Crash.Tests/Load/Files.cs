using System.Text;
using Planning.Contracts;
using Planning.Engine.Rulebooks;

namespace Planning.Crash.Tests.Load;

/// <summary>The smallest plan that passes all three gates, on whatever day the tests run.</summary>
internal sealed class Files(DateOnly today)
{
    public static byte[] Coverage { get; } = Encoding.UTF8.GetBytes(
        """
        <?xml version="1.0" encoding="utf-8"?>
        <coverage line-rate="0.9" branch-rate="0.9" version="1.9" timestamp="1806076800" lines-covered="9" lines-valid="10"/>
        """);

    /// <summary>The shipped rulebook without its freezes, which would hold the tests up on some days of the year.</summary>
    public static IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Rulebook { get; } =
        DefaultRulebook.Files.Bytes.SetItem(RulebookFiles.Calendars, Encoding.UTF8.GetBytes("version: 1.0.0\ncalendars: {}\n"));

    public IReadOnlyList<(string Name, byte[] Bytes)> Content { get; } =
    [
        ("be_backlog.yaml", Encoding.UTF8.GetBytes(Backlog(Monday(today)))),
        ("team_capacity.yaml", Encoding.UTF8.GetBytes(Capacity)),
    ];

    public static OpenCycleRequest Cycle(string name, string? follows = null)
    {
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        return new OpenCycleRequest(name, today, today.AddDays(13), Follows: follows);
    }

    private static DateOnly Monday(DateOnly today) => today.AddDays(((int)DayOfWeek.Monday - (int)today.DayOfWeek + 7) % 7);

    private static string Backlog(DateOnly start) =>
        $"""
        version: 1.0.0
        generated_at: 2026-12-18T09:00:00Z
        plan:
          start: {start:yyyy-MM-dd}
          end: {start.AddDays(11):yyyy-MM-dd}
        tasks:
          - id: CRS-001
            title: "Keep what was promised"
            description: "Every answered command is found again"
            effort_points: 3
            priority: P1
            dependencies: []
            assignee: mara
            start: {start:yyyy-MM-dd}
            end: {start.AddDays(4):yyyy-MM-dd}
          - id: CRS-002
            title: "Do nothing twice"
            description: "A repeated command finds its own effect"
            effort_points: 3
            priority: P1
            dependencies: ["CRS-001"]
            assignee: mara
            start: {start.AddDays(7):yyyy-MM-dd}
            end: {start.AddDays(11):yyyy-MM-dd}

        """;

    private const string Capacity =
        """
        version: 1.0.0
        members:
          - id: mara
            name: "Mara Lindqvist"
            points_per_week: 5

        """;
}
