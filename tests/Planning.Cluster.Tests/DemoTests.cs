using System.Diagnostics;
using System.Text;
using Planning.Testing;
using Xunit.Abstractions;

namespace Planning.Cluster.Tests;

/// <summary>The demo over a cluster, as a person starts it.</summary>
[Collection(Clusters.Name)]
public sealed class DemoTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task The_demo_runs_over_three_silos_shows_who_served_what_and_leaves_nothing_but_its_pack()
    {
        using var folder = await TemporaryDataFolder.CreateAsync();
        var mark = Guid.NewGuid().ToString("N");
        var silo = Path.Combine(AppContext.BaseDirectory, "planning-silo");

        var (code, lines, errors) = await RunAsync(mark, silo, "demo", "--cluster", "3", "--out", folder.Path);
        output.WriteLine(string.Join('\n', lines.SkipWhile(line => line != "Which silo served what")));

        Assert.True(code == 0, $"{errors}\n{string.Join('\n', lines)}");
        var rows = lines.SkipWhile(line => line != "Which silo served what").Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(words => words.Length == 3).ToList();
        Assert.Equal(["cycle", "gate_run", "manifest", "plan", "rulebook"], rows.Select(row => row[0]).Where(kind => kind is not "entity").Distinct().Order(StringComparer.Ordinal));
        var silos = rows.Select(row => row[2]).Where(name => name.StartsWith("silo-", StringComparison.Ordinal)).ToHashSet();
        Assert.True(silos.Count >= 2, $"Served by {string.Join(", ", silos)} alone.");
        Assert.Empty(ProcessesOf(mark));
        Assert.Equal(["gateway.log", "silo-1.log", "silo-2.log", "silo-3.log"], Directory.EnumerateFiles(Path.Combine(folder.Path, "logs")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        var command = lines[^1].Split(' ');
        Assert.Equal("verify", command[1]);
        Assert.Equal(0, (await RunAsync(mark, silo, command[1..])).Code);
    }

    [Fact]
    public async Task A_process_that_does_not_come_up_is_named_with_its_log_and_takes_the_others_along()
    {
        using var folder = await TemporaryDataFolder.CreateAsync();
        var mark = Guid.NewGuid().ToString("N");

        var (code, _, errors) = await RunAsync(mark, "/bin/false", "demo", "--cluster", "2", "--out", folder.Path);

        Assert.Equal(1, code);
        Assert.Contains("silo-1 ended with exit code 1 before it was ready.", errors, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(folder.Path, "logs", "silo-1.log"), errors, StringComparison.Ordinal);
        Assert.Empty(ProcessesOf(mark));
    }

    private static async Task<(int Code, IReadOnlyList<string> Output, string Errors)> RunAsync(string mark, string silo, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "planning.dll"), .. arguments])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8,
        };
        start.Environment.Remove("PLANNING_ROOT");
        start.Environment["PLANNING_SILO_PROGRAM"] = silo;
        start.Environment["DEMO_TEST_MARK"] = mark;
        using var process = Process.Start(start)!;
        var (said, failed) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(Limit);
        return (process.ExitCode, (await said).TrimEnd('\n').Split('\n'), await failed);
    }

    /// <summary>Those that have inherited the mark, whoever their parent is by now.</summary>
    private static List<string> ProcessesOf(string mark) =>
    [
        .. Directory.EnumerateDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), out _)).Where(folder =>
        {
            try
            {
                return File.ReadAllText(Path.Combine(folder, "environ")).Contains(mark, StringComparison.Ordinal);
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                return false;
            }
        }).Select(folder => File.ReadAllText(Path.Combine(folder, "cmdline")).Replace('\0', ' ')),
    ];
}
