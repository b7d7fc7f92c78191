using System.Text.RegularExpressions;
using Xunit;

namespace Planning.House.Tests;

/// <summary>What every file keeps to.</summary>
public sealed class TidyTests
{
    private const int LongestFile = 500;
    private const int Median = 100;

    // Written in two halves, so that this file keeps the rule, too.
    private static readonly string[] Unfinished = ["TO" + "DO", "FIX" + "ME", "HA" + "CK", "NotImplemented" + "Exception"];

    private static readonly string[] Product = ["src", "client", "grains", "silo"];

    private static readonly string[] Everywhere = [.. Product, "tests", "schemas"];

    [Fact]
    public void Nothing_is_left_unfinished()
    {
        var files = Sources.In(Everywhere, ".cs", ".sql", ".ts", ".tsx", ".css", ".sh", ".awk", ".yaml", ".csproj");

        Rule.HasNoBreach(Sources.LinesWhere(files, line => Unfinished.Any(word => line.Contains(word, StringComparison.Ordinal))));
    }

    [Fact]
    public void No_file_of_the_product_is_too_long_to_read()
    {
        var lengths = Sources.In(Product, ".cs", ".sql", ".ts", ".tsx").Select(path => (path, lines: Sources.Lines(path).Length));

        Rule.HasNoBreach(lengths.Where(file => file.lines > LongestFile));
    }

    [Fact]
    public void Most_files_of_the_product_fit_on_a_page_or_two()
    {
        var lengths = Sources.In(Product, ".cs").Select(path => Sources.Lines(path).Length).Order().ToList();

        Assert.InRange(lengths[lengths.Count / 2], 1, Median - 1);
    }

    [Fact]
    public void Tests_wait_on_events_and_on_clocks_that_can_be_moved()
    {
        var sleep = "Thread." + "Sleep";
        var delay = "Task." + "Delay(";

        Rule.HasNoBreach(Sources.LinesWhere(
            Sources.In("tests", ".cs"),
            line => line.Contains(sleep, StringComparison.Ordinal)
                || (line.Contains(delay, StringComparison.Ordinal) && !line.Contains("time", StringComparison.OrdinalIgnoreCase))));
    }

    /// <summary>A line, not a block: what the compiler's style rules would say too, at a third of the time of all analyzers.</summary>
    [Fact]
    public void A_namespace_is_that_of_the_whole_file()
    {
        var block = new Regex(@"^namespace [\w.]+\s*(\{.*)?$", RegexOptions.None, TimeSpan.FromSeconds(1));

        Rule.HasNoBreach(Sources.LinesWhere(Sources.In([.. Product, "tests"], ".cs"), line => block.IsMatch(line)));
    }

    [Fact]
    public void Files_end_with_one_line_feed_and_have_no_carriage_return()
    {
        var untidy = Sources.In(Everywhere, ".cs", ".sql", ".sh", ".awk", ".yaml").Where(path =>
        {
            var text = Sources.Read(path);
            return text.Contains('\r') || !text.EndsWith('\n') || text.EndsWith("\n\n", StringComparison.Ordinal);
        });

        Rule.HasNoBreach(untidy);
    }
}
