using Planning.Domain.Gates;
using Planning.Domain.Plans;

namespace Planning.Domain.Tests.Cycles;

/// <summary>A history out of a seed: several cycles, plans that are carried over early, late or never, reports that repeat themselves.</summary>
internal static class RandomStory
{
    private const int Steps = 60;

    public static Story Write(int seed)
    {
        var random = new Random(seed);
        var story = new Story().Open("c1").Plan("p1", "c1");
        int cycle = 1, plans = 1, manifests = 0;
        var packed = new List<string>();
        for (var step = 0; step < Steps; step++)
        {
            var plan = $"p{random.Next(1, plans + 1)}";
            switch (random.Next(12))
            {
                case 0:
                    story.Plan($"p{++plans}", $"c{random.Next(Math.Max(1, cycle - 1), cycle + 1)}");
                    break;
                case 1 or 2 or 3:
                    story.Report(plan, [.. Enumerable.Range(0, random.Next(3)).Select(_ => Task(random))], [.. Enumerable.Range(0, random.Next(2)).Select(_ => $"D{random.Next(3)}")]);
                    break;
                case 4 or 5:
                    story.Gate(plan, $"gate_{random.Next(1, 3)}", (GateOutcome)random.Next(1, 4));
                    break;
                case 6:
                    packed.Add($"m{++manifests}");
                    story.Packed(plan, packed[^1]);
                    break;
                case 7 when packed.Count > 0:
                    story.Sealed(packed[^1]);
                    packed.RemoveAt(packed.Count - 1);
                    break;
                case 8:
                    story.Executed(plan);
                    break;
                case 9 when random.Next(3) == 0:
                    story.Completed(plan);
                    break;
                case 10 when random.Next(3) == 0:
                    Turn(story, random, cycle++);
                    break;
                case 11:
                    foreach (var straggler in Story.Fold(story.Events).Stragglers.ToArray())
                        story.CarryOver(straggler.Plan.Value, straggler.GoesOnIn.Value);
                    break;
            }
        }
        return story.Close($"c{cycle}");
    }

    /// <summary>The next cycle is opened before or after the close, and named by the one or by the other.</summary>
    private static void Turn(Story story, Random random, int cycle)
    {
        if (random.Next(2) == 0)
            story.Open($"c{cycle + 1}").Close($"c{cycle}", $"c{cycle + 1}");
        else
            story.Close($"c{cycle}").Open($"c{cycle + 1}", follows: $"c{cycle}");
    }

    private static (string, decimal?, double?) Task(Random random) =>
        ($"T{random.Next(6)}", random.Next(3) == 0 ? null : random.Next(1, 9), random.Next(4) == 0 ? null : random.Next(1, 40) / 4.0);
}
