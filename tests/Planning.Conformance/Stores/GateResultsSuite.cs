using System.Collections.Immutable;
using Planning.Conformance.Harness;
using Planning.Domain;
using Planning.Engine.Gates.Kept;
using Planning.Engine.InMemory;
using Planning.Postgres.Gates;
using Xunit;

namespace Planning.Conformance.Stores;

/// <summary>What every store of validators' results must do.</summary>
public abstract class GateResultsSuite : StoreSuite<IGateResults>
{
    private static readonly ImmutableSortedDictionary<string, string> Present = ImmutableSortedDictionary<string, string>.Empty.Add("timeline", "2").Add("coverage", "1");

    [Fact]
    public async Task A_result_comes_back_byte_by_byte_to_its_own_workspace()
    {
        await KeepAsync(1, findings: "[é]");

        Assert.Equal("[é]", await FindAsync(1));
        Assert.Null(await FindAsync(2));
        Assert.Null(await Store.FindAsync(Sample.OtherWorkspace, Key(1), Sample.Noon, default));
    }

    [Fact]
    public async Task What_was_kept_before_the_given_time_is_not_found()
    {
        await KeepAsync(1);

        Assert.NotNull(await FindAsync(1, Sample.Noon));
        Assert.Null(await FindAsync(1, Sample.Noon.AddSeconds(1)));
    }

    [Fact]
    public async Task The_last_of_two_results_of_one_key_stays()
    {
        await KeepAsync(1, findings: "[1]");
        await KeepAsync(1, Sample.Noon.AddHours(1), findings: "[2]");

        Assert.Equal("[2]", await FindAsync(1, Sample.Noon.AddHours(1)));
    }

    [Fact]
    public async Task What_is_too_old_is_dropped()
    {
        await KeepAsync(1);
        await KeepAsync(2, Sample.Noon.AddHours(1));

        Assert.Equal(1, await DropAsync(notBefore: Sample.Noon.AddMinutes(1)));

        Assert.Equal(new[] { false, true }, await AreFoundAsync(1, 2));
    }

    [Fact]
    public async Task Beyond_the_bytes_of_a_workspace_the_oldest_are_dropped()
    {
        foreach (var number in new[] { 1, 2, 3, 4 })
            await KeepAsync(number, Sample.Noon.AddMinutes(number), findings: new string('x', 100));

        Assert.Equal(2, await DropAsync(maxBytes: 299));

        Assert.Equal(new[] { false, false, true, true }, await AreFoundAsync(1, 2, 3, 4));
    }

    [Fact]
    public async Task What_another_version_of_a_validator_found_is_dropped_and_nothing_else()
    {
        await KeepAsync(1, validator: "timeline", version: "1");
        await KeepAsync(2, validator: "timeline", version: "2");
        await KeepAsync(3, validator: "coverage", version: "1");
        await KeepAsync(4, validator: "of_another_release", version: "7");

        Assert.Equal(1, await DropAsync());

        Assert.Equal(new[] { false, true, true, true }, await AreFoundAsync(1, 2, 3, 4));
    }

    [Fact]
    public async Task Nothing_of_another_workspace_is_dropped()
    {
        await Store.KeepAsync(Sample.OtherWorkspace, Result(1), default);

        Assert.Equal(0, await DropAsync(notBefore: Sample.Noon.AddYears(1), maxBytes: 0));

        Assert.NotNull(await Store.FindAsync(Sample.OtherWorkspace, Key(1), Sample.Noon, default));
    }

    protected static KeptResult Result(int number, DateTimeOffset? at = null, string findings = "[]", string validator = "timeline", string version = "2") =>
        new(Key(number), validator, version, at ?? Sample.Noon, System.Text.Encoding.UTF8.GetBytes(findings));

    private static string Key(int number) => Convert.ToHexStringLower(Enumerable.Repeat((byte)number, 32).ToArray());

    private ValueTask KeepAsync(int number, DateTimeOffset? at = null, string findings = "[]", string validator = "timeline", string version = "2") =>
        Store.KeepAsync(Sample.Workspace, Result(number, at, findings, validator, version), default);

    private async Task<string?> FindAsync(int number, DateTimeOffset? notBefore = null) =>
        (await Store.FindAsync(Sample.Workspace, Key(number), notBefore ?? Sample.Noon, default))?.Text();

    private async Task<bool[]> AreFoundAsync(params int[] numbers)
    {
        var found = new List<bool>();
        foreach (var number in numbers)
            found.Add(await FindAsync(number) is not null);
        return [.. found];
    }

    private ValueTask<int> DropAsync(DateTimeOffset? notBefore = null, long maxBytes = long.MaxValue) =>
        Store.DropAsync(Sample.Workspace, new KeptBounds(notBefore ?? Sample.Noon, maxBytes, Present), default);
}

public sealed class InMemoryGateResultsTests : GateResultsSuite
{
    protected override IGateResults InMemory() => new InMemoryGateResults();
}

public sealed class PostgresGateResultsTests : GateResultsSuite
{
    protected override IGateResults OnPostgres(MigratedDatabase database) => new PostgresGateResults(database.Pools);

    [Fact]
    public async Task A_request_sees_the_results_of_its_workspace_alone()
    {
        foreach (var workspace in new[] { Sample.Workspace, Sample.OtherWorkspace })
            await Store.KeepAsync(workspace, Result(1), default);

        await using var request = await Postgres.RequestBatch.OpenAsync(Database!.Pools, Sample.Workspace, default);
        await using var reader = await request.ReadAsync("select workspace from planning.gate_result", default);

        Assert.True(await reader.ReadAsync());
        Assert.Equal(Sample.Workspace.Value, reader.GetString(0));
        Assert.False(await reader.ReadAsync());
    }
}
