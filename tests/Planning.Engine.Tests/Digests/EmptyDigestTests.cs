using System.Text;
using System.Text.Json;
using Planning.Domain.Rulebooks;
using Planning.Engine.Digests;
using Planning.Engine.Digests.Markdown;
using Xunit;

namespace Planning.Engine.Tests.Digests;

/// <summary>A cycle in which nothing happened: only its own two events are left of the golden history.</summary>
public sealed class EmptyDigestTests
{
    private static readonly Digest Empty = GoldenHistory.Build(GoldenHistory.Events.Where(e => e.Entity.Id == "cyc_1")) with
    {
        Decisions = null, Risks = null, LessonsLearned = null, Next = null, Distribution = null,
    };

    [Fact]
    public void A_kpi_without_data_is_no_data_and_never_zero()
    {
        Assert.All(Empty.Kpis, k => Assert.Equal((null, KpiStatus.NoData, Trend.Unknown, false), (k.Value, k.Status, k.Trend, k.Review)));
        var page = Encoding.UTF8.GetString(DigestMarkdown.Render(Empty));
        Assert.Equal(5, page.Split("| no data | ⏳ | – |").Length - 1);
        Assert.DoesNotContain("| 0 ", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Sections_without_input_are_left_out_of_both_forms()
    {
        using var json = JsonDocument.Parse(DigestJson.Render(Empty));
        Assert.Equal(["cycle", "digest_version", "highlights", "kpis", "summary"], json.RootElement.EnumerateObject().Select(m => m.Name));
        var page = Encoding.UTF8.GetString(DigestMarkdown.Render(Empty));
        Assert.Equal(
            ["Executive summary", "Key performance indicators", "Appendix"],
            page.Split('\n').Where(l => l.StartsWith("## ", StringComparison.Ordinal)).Select(l => l[3..]));
    }

    [Fact]
    public void A_rulebook_without_kpis_gives_a_digest_without_the_table()
    {
        var page = Encoding.UTF8.GetString(DigestMarkdown.Render(Empty with { Kpis = [] }));
        Assert.DoesNotContain("indicators", page, StringComparison.Ordinal);
    }
}
