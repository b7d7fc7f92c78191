using Planning.Domain.Gates;

namespace Planning.Engine.Tests.Gates.Pages;

/// <summary>The first finding of each rule.</summary>
internal static class PageExamples
{
    private static readonly PageExample[] All = [.. FormExamples.All, .. GraphExamples.All, .. TimelineExamples.All, .. ResourceExamples.All, .. EvidenceExamples.All];

    public static async Task<IReadOnlyDictionary<string, FindingSummary>> OfAsync(string type)
    {
        var byRule = new Dictionary<string, FindingSummary>();
        foreach (var example in All.Where(e => e.Type == type))
        {
            foreach (var finding in await example.FindingsAsync())
                byRule.TryAdd(finding.Rule, finding);
        }
        return byRule;
    }
}
