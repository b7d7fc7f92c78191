using System.Collections.Immutable;

namespace Planning.Domain.Plans;

/// <summary>
/// Whether what was executed is what was sealed: the reports of this execution name every content artifact with
/// the digest that the manifest has. The last report on an artifact counts.
/// </summary>
public static class ExecutionProof
{
    public static ImmutableArray<Blocker> Missing(Plan plan)
    {
        var reports = plan.Reports.Skip(plan.ReportsBeforeExecution).Where(r => r.Outcome == ExecutionOutcome.Succeeded).ToArray();
        if (reports.Length == 0)
            return [new Blocker("execution_report_missing", "No successful execution is reported. Report executor, environment and the digests of what was deployed.", "execution")];

        var deployed = new Dictionary<string, ContentHash>(StringComparer.Ordinal);
        foreach (var (name, digest) in reports.SelectMany(r => r.Deployed))
            deployed[name] = digest;

        var sealedContent = plan.Content.ToDictionary(a => a.Name, a => a.Hash, StringComparer.Ordinal);
        return
        [
            .. sealedContent.Where(a => !deployed.ContainsKey(a.Key)).Select(a =>
                new Blocker("digest_missing", $"{a.Key}: no report says what was deployed; sealed is {a.Value}.", "execution")),
            .. sealedContent.Where(a => deployed.TryGetValue(a.Key, out var d) && d != a.Value).Select(a =>
                new Blocker("digest_mismatch", $"{a.Key}: deployed was {deployed[a.Key]}, sealed is {a.Value}.", "execution")),
            .. deployed.Where(d => !sealedContent.ContainsKey(d.Key)).Select(d =>
                new Blocker("digest_unplanned", $"{d.Key}: was deployed, but is not in the manifest.", "execution")),
        ];
    }
}
