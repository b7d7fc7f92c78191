using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Planning.Engine.Handoff.Packs;
using Planning.Engine.Tests.Handoff.Support;
using Xunit;

namespace Planning.Engine.Tests.Handoff.Packs;

public sealed class PackProperties
{
    [Fact]
    public async Task Any_flipped_bit_is_rejected()
    {
        var pack = await SealedPack.BytesAsync();

        Prop.ForAll(Gen.Choose(0, (pack.Length * 8) - 1).ToArbitrary(), bit => IsRejected(Flipped(pack, bit)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Fact]
    public async Task One_flipped_bit_in_every_byte_is_rejected()
    {
        var world = new HandoffWorld();
        var pack = await world.PackAsync(await world.SealAsync());
        Assert.IsType<PackVerdict.Verified>(PackVerifier.Verify(pack, SealedPack.Trust));

        var accepted = Enumerable.Range(0, pack.Length).AsParallel().Where(at => !IsRejected(Flipped(pack, (at * 8) + (at % 8))));

        Assert.Empty(accepted);
    }

    [Fact]
    public async Task Whatever_is_forged_the_verifier_answers_and_never_verifies_another_manifest()
    {
        var pack = await SealedPack.BytesAsync();
        var paths = Paths(JsonNode.Parse(pack)!, []).ToArray();
        var values = new Func<JsonNode?>[]
        {
            () => null, () => 7, () => "", () => "x", () => new JsonArray(), () => new JsonObject(), () => new JsonArray((JsonNode?)null), () => 1e300,
        };
        Prop.ForAll(
            (from path in Gen.Elements(paths) from value in Gen.Elements(values) select (path, value)).ToArbitrary(),
            forged =>
            {
                var changed = PackEdit.Rewrite(pack, json => Set(json, forged.path, forged.value()));
                return PackVerifier.Verify(changed, SealedPack.Trust) is not PackVerdict.Verified verified
                    || verified.Summary.Manifest.ToCanonicalBytes().SequenceEqual(Summary(pack).Manifest.ToCanonicalBytes());
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));
    }

    private static PackSummary Summary(byte[] pack) => ((PackVerdict.Verified)PackVerifier.Verify(pack, SealedPack.Trust)).Summary;

    private static bool IsRejected(byte[] pack) => PackVerifier.Verify(pack, SealedPack.Trust) is PackVerdict.Rejected;

    private static byte[] Flipped(byte[] pack, int bit)
    {
        var changed = (byte[])pack.Clone();
        changed[bit / 8] ^= (byte)(1 << (bit % 8));
        return changed;
    }

    private static IEnumerable<object[]> Paths(JsonNode? node, object[] path)
    {
        if (path.Length > 0)
            yield return path;
        var below = node switch
        {
            JsonObject members => members.SelectMany(m => Paths(m.Value, [.. path, m.Key])),
            JsonArray items => items.SelectMany((item, i) => Paths(item, [.. path, i])),
            _ => [],
        };
        foreach (var child in below)
            yield return child;
    }

    private static void Set(JsonNode json, object[] path, JsonNode? value)
    {
        var parent = path[..^1].Aggregate(json, (at, step) => step is int i ? at[i]! : at[(string)step]!);
        if (path[^1] is int index)
            parent[index] = value;
        else
            parent[(string)path[^1]] = value;
    }
}
