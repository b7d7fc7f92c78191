using Planning.Artifacts.Documents;

namespace Planning.Engine.Gates;

/// <summary>How gate runs use the machine.</summary>
public sealed record GateOptions
{
    /// <summary>A run ends after this long, whatever its validators are allowed; those that still run fail. Default 2 minutes.</summary>
    public TimeSpan RunTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Runs at once; others wait their turn, which does not count as their time. Default 8.</summary>
    public int MaxConcurrentRuns { get; init; } = 8;

    /// <summary>Gates that dry runs of rulebooks try at once, beside the runs; others wait their turn. Default 2.</summary>
    public int MaxConcurrentTries { get; init; } = 2;

    /// <summary>Plans that one page of a dry run judges, at most. Default 50.</summary>
    public int MaxDryRunPlans { get; init; } = 50;

    /// <summary>A page of a dry run ends with the plan with which it has taken this long; the next goes on from there. Default 10 s.</summary>
    public TimeSpan DryRunPageTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Bytes of all artifacts of one run together; a run with more fails. Default 256 MiB.</summary>
    public long MaxInputBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>Findings that one validator may report; with more it fails. Default 50,000.</summary>
    public int MaxFindingsPerValidator { get; init; } = 50_000;

    /// <summary>Characters of a message, an advice, a name or a pointer in the event; the full text is in the report. Default 1,000.</summary>
    public int MaxTextLength { get; init; } = 1_000;

    /// <summary>From this many bytes of input on, validators get threads of their own, so that they do not hold up commands. Default 256 KiB.</summary>
    public long LargeInputBytes { get; init; } = 256 * 1024;

    /// <summary>Memory for parsed artifacts that are kept between runs, in estimated bytes. 0 keeps none. Default 64 MiB.</summary>
    public long ParsedCacheBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>For so long after an artifact's bytes were fetched, a run that finds their parsed form in memory does not fetch them again. Zero: every run does. Default 10 s.</summary>
    public TimeSpan RefetchAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Memory for results that are kept between runs, in estimated bytes. 0 keeps none. Default 16 MiB.</summary>
    public long ResultCacheBytes { get; init; } = 16L * 1024 * 1024;

    /// <summary>How long a result is kept in the database, for other processes and after a restart. Zero keeps none there. Default 7 days.</summary>
    public TimeSpan KeptResultAge { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Bytes of findings that a workspace keeps in the database; beyond it the oldest results are dropped. Default 64 MiB.</summary>
    public long KeptResultBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>Bytes of one result in the database; a larger one is not kept there. Default 1 MiB.</summary>
    public int KeptResultMaxBytes { get; init; } = 1024 * 1024;

    /// <summary>From this many bytes of input on results are kept in the database and looked for there; less is judged sooner. 0 keeps all. Default 64 KiB.</summary>
    public long KeptResultInputBytes { get; init; } = 64 * 1024;

    /// <summary>How often results that are too old, too many, or of other code are dropped, with the next one that is kept. Zero: with each. Default 10 minutes.</summary>
    public TimeSpan KeptResultSweep { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a run waits for the database before it judges without kept results. Default 1 s.</summary>
    public TimeSpan KeptResultWait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Bounds of each single artifact.</summary>
    public ArtifactLimits Limits { get; init; } = ArtifactLimits.Default;

    /// <summary>Null when every value is in range, else which is not.</summary>
    public string? Problem() =>
        RunTimeout <= TimeSpan.Zero ? $"{nameof(RunTimeout)} must be positive."
        : MaxConcurrentRuns < 1 ? $"{nameof(MaxConcurrentRuns)} is {MaxConcurrentRuns}; it must be at least 1."
        : MaxConcurrentTries < 1 ? $"{nameof(MaxConcurrentTries)} is {MaxConcurrentTries}; it must be at least 1."
        : MaxDryRunPlans is < 1 or > 200 ? $"{nameof(MaxDryRunPlans)} is {MaxDryRunPlans}; it must be 1 to 200."
        : DryRunPageTime <= TimeSpan.Zero ? $"{nameof(DryRunPageTime)} must be positive."
        : MaxInputBytes < 1 ? $"{nameof(MaxInputBytes)} is {MaxInputBytes}; it must be at least 1."
        : MaxFindingsPerValidator < 1 ? $"{nameof(MaxFindingsPerValidator)} is {MaxFindingsPerValidator}; it must be at least 1."
        : MaxTextLength < 100 ? $"{nameof(MaxTextLength)} is {MaxTextLength}; it must be at least 100."
        : RefetchAfter < TimeSpan.Zero ? $"{nameof(RefetchAfter)} must not be negative."
        : ParsedCacheBytes < 0 || ResultCacheBytes < 0 ? $"{nameof(ParsedCacheBytes)} and {nameof(ResultCacheBytes)} must not be negative."
        : KeptResultAge < TimeSpan.Zero || KeptResultSweep < TimeSpan.Zero ? $"{nameof(KeptResultAge)} and {nameof(KeptResultSweep)} must not be negative."
        : KeptResultBytes < 0 || KeptResultInputBytes < 0 ? $"{nameof(KeptResultBytes)} and {nameof(KeptResultInputBytes)} must not be negative."
        : KeptResultMaxBytes < 1 ? $"{nameof(KeptResultMaxBytes)} is {KeptResultMaxBytes}; it must be at least 1."
        : KeptResultWait <= TimeSpan.Zero ? $"{nameof(KeptResultWait)} must be positive."
        : null;
}
