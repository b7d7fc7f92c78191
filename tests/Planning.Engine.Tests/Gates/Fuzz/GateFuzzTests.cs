using FsCheck;
using FsCheck.Fluent;
using Planning.Testing;
using Planning.Testing.Fuzzing;
using Xunit;
using Xunit.Abstractions;

namespace Planning.Engine.Tests.Gates.Fuzz;

/// <summary>Plans with random damage through all built-in validators: none crashes or hangs, and findings are inside the plan's files.</summary>
public sealed class GateFuzzTests(ITestOutputHelper output)
{
    private const int CasesPerSeed = 100;

    [Fact]
    public void Damaged_examples_get_findings_inside_their_files() =>
        Damage([.. Directory.GetFiles(Repository.At("schemas", "examples", "payments-q1")).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)]);

    [SharedDataFact]
    public void Files_of_others_in_the_place_of_a_plans_own_get_findings_inside_their_files() => Damage(
    [
        .. Directory.GetFiles(SharedData.At("keps"), "kep.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Concat(Directory.GetFiles(SharedData.At("coverage"), "*.*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            .Concat(Directory.GetFiles(SharedData.At("webhooks"), "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal)).Select(File.ReadAllBytes),
    ]);

    private void Damage(IReadOnlyList<byte[]> foreign)
    {
        var mutation = Gen.Choose(0, 1_000_000).Two().Select(pair => new Mutation(pair.Item1, pair.Item2));
        var damage = Gen.Choose(0, 1_000).SelectMany(file => mutation.SelectMany(how => Gen.Choose(0, 4).Select(taken => new Damage(file, how, taken == 0))));
        var cases = Gen.ListOf(damage).Select(list => list.Take(12).ToArray());
        output.Say(FuzzSeeds.Told("damaged plans through the gates", CasesPerSeed));
        foreach (var seed in FuzzSeeds.All)
        {
            output.WriteLine($"{FuzzSeeds.Variable}={seed}");
            Prop.ForAll(Arb.From(cases), damages => Holds(damages, foreign))
                .Check(Config.QuickThrowOnFailure.WithMaxTest(CasesPerSeed).WithReplay(new Replay(new Rnd(seed), null)));
        }
    }

    private static bool Holds(Damage[] damages, IReadOnlyList<byte[]> foreign)
    {
        var plan = new FuzzedPlan(damages, foreign);
        var (findings, errors) = plan.JudgeAsync().GetAwaiter().GetResult();
        Assert.Equal([], errors.Where(error => !error.Contains("findings", StringComparison.Ordinal)));
        Assert.Equal([], findings.Select(plan.Outside).OfType<string>());
        return true;
    }
}
