using System.Collections.Immutable;
using Planning.Domain;
using Planning.Domain.Plans;
using Planning.Engine.Entities;

namespace Planning.Conformance.Reads;

/// <summary>Commands at random, accepted or refused; the seed makes them again.</summary>
internal static class RandomHistory
{
    private static readonly string[] Words = ["Card", "payments", "refund", "Größe", "ledger", "2", "phase", "cardholder"];

    public static async Task<History> MakeAsync(int seed, int commands, IRulebooks? rulebooks = null)
    {
        var history = new History(rulebooks: rulebooks);
        var random = new Random(seed);
        foreach (var cycle in new[] { "cyc_1", "cyc_2", "cyc_3" })
            await history.OpenCycleAsync(cycle);
        var plans = 0;
        for (var i = 0; i < commands; i++)
        {
            var plan = $"pln_{random.Next(1, plans + 2)}";
            switch (random.Next(12))
            {
                case 0 or 1 or 2:
                    await history.CreateAsync(
                        $"pln_{++plans}", Title(random), $"stream_{random.Next(3)}", $"cyc_{random.Next(1, 4)}", random.Next(6) is < 4 and var p ? p : null,
                        random.Next(2) == 0 ? History.Author : History.Other, tags: Tags(random));
                    break;
                case 3:
                    await history.PlanAsync(plan, new PlanCommand.Update(new GateRunId($"gtr_u_{i}"), Title: Title(random), Tags: Tags(random).ToImmutableSortedDictionary(t => t.Name, t => t.Value)));
                    break;
                case 4 or 5:
                    await history.AttachAsync(plan, $"a{random.Next(3)}.yaml", $"{i}", new ArtifactFacts(
                        ImmutableSortedDictionary<string, string>.Empty.Add("compliance", "gdpr"), new TaskSummary(random.Next(9), random.Next(40) / 2m, random.Next(4))));
                    break;
                case 6 or 7 or 8:
                    await history.TriggerAsync(plan, (Trigger)random.Next((int)Trigger.ValidateComplete, (int)Trigger.Withdraw + 1));
                    if (random.Next(4) > 0)
                        await history.EndGateAsync(plan, random.Next(5) > 0, random.Next(20));
                    break;
                case 9:
                    await history.ExecuteAsync(plan);
                    break;
                case 10:
                    await history.MakeManifestAsync($"hnd_{i}", plan);
                    await history.SignAsync($"hnd_{i}", random.Next(3));
                    break;
                default:
                    await history.CloseCycleAsync($"cyc_{random.Next(2, 4)}", "cyc_1", plan);
                    break;
            }
        }
        return history;
    }

    private static string Title(Random random) => string.Join(random.Next(2) == 0 ? " " : ", ", random.GetItems(Words, random.Next(1, 4)));

    private static (string Name, string Value)[] Tags(Random random) =>
        [.. new[] { ("criticality", $"{random.Next(4)}"), ("compliance", "sox") }.Where(_ => random.Next(2) == 0)];
}
