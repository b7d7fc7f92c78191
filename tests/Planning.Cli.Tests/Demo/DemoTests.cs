using Planning.Cli.Demo;
using Planning.Testing;

namespace Planning.Cli.Tests.Demo;

public class DemoTests
{
    [Fact]
    public async Task The_demo_ends_with_the_command_that_verifies_its_pack_and_any_flipped_bit_is_rejected()
    {
        using var folder = await TemporaryDataFolder.CreateAsync();
        using var demo = await PlanningProcess.RunAsync("demo", "--out", folder.Path);
        Assert.True(await demo.EndAsync() == 0, $"{demo.Errors}\n{string.Join('\n', demo.Output)}");
        Assert.Contains(demo.Output, line => line.Contains("validate_complete is blocked", StringComparison.Ordinal));
        Assert.Contains(demo.Output, line => line.Contains("IMPROVE → COMPLETED", StringComparison.Ordinal));
        Assert.True(File.Exists(Path.Combine(folder.Path, "digest.md")));

        var command = demo.Output[^1].Split(' ');
        Assert.Equal(["planning", "verify", Path.Combine(folder.Path, "payments.pack"), "--trust", Path.Combine(folder.Path, "keys")], command);
        using var verified = await PlanningProcess.RunAsync(command[1..]);
        Assert.Equal(0, await verified.EndAsync());

        var pack = await File.ReadAllBytesAsync(command[2]);
        foreach (var share in new[] { 0.01, 0.3, 0.77, 0.999 })
        {
            var at = (int)(share * pack.Length);
            pack[at] ^= 4;
            await File.WriteAllBytesAsync(command[2], pack);
            using var rejected = await PlanningProcess.RunAsync(command[1..]);
            Assert.Equal(1, await rejected.EndAsync());
            pack[at] ^= 4;
        }
    }

    [Theory]
    [InlineData("0", 2, "--cluster is the number of silos, 1 to 8, not '0'.")]
    [InlineData("x", 2, "--cluster is the number of silos, 1 to 8, not 'x'.")]
    [InlineData("50", 2, "--cluster is the number of silos, 1 to 8, not '50'.")]
    [InlineData("3", 1, "Say in PLANNING_SILO_PROGRAM where it is")]
    public async Task A_cluster_that_cannot_be_is_refused_with_a_sentence(string silos, int code, string said)
    {
        using var folder = await TemporaryDataFolder.CreateAsync();
        using var refused = await PlanningProcess.RunAsync("demo", "--out", folder.Path, "--cluster", silos);
        Assert.Equal(code, await refused.EndAsync());
        Assert.Contains(said, refused.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", refused.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2026, 11, 21)]
    [InlineData(2027, 1, 4)]
    [InlineData(2028, 2, 29)]
    public void The_example_starts_on_the_next_Monday_of_any_day(int year, int month, int day)
    {
        var today = new DateOnly(year, month, day);
        var start = DateOnly.Parse(new DemoFiles(today).Text("be_backlog.yaml").Split("start: ")[1][..10]);
        Assert.Equal(DayOfWeek.Monday, start.DayOfWeek);
        Assert.InRange(start.DayNumber - today.DayNumber, 0, 6);
    }
}
