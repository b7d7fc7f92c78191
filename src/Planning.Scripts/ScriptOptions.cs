namespace Planning.Scripts;

/// <summary>Which programs validate, and how much of the machine each run of one may take.</summary>
public sealed record ScriptOptions
{
    /// <summary>The folder with the programs that <c>gates.yaml</c> may name; nothing outside of it ever runs. Empty, the default, runs none.</summary>
    public string Folder { get; init; } = "";

    /// <summary>
    /// Whether scripts also run where the machine cannot keep them apart as it should; the log and each result then say what is
    /// missing. Default false: there they fail, and say what is missing.
    /// </summary>
    public bool AllowIncompleteIsolation { get; init; }

    /// <summary>
    /// Under root, scripts run as the user and group of this number and those after it, one for each run at a time. They need
    /// no account, and nothing else may run as them. Default 60600.
    /// </summary>
    public int FirstUserId { get; init; } = 60_600;

    /// <summary>The PATH that scripts get, for their interpreters and what they call. Default <c>/usr/local/bin:/usr/bin:/bin</c>.</summary>
    public string SearchPath { get; init; } = "/usr/local/bin:/usr/bin:/bin";

    /// <summary>Scripts at once; others wait, which counts as their time. 1 to 64, default 4.</summary>
    public int MaxConcurrent { get; init; } = 4;

    /// <summary>How long one run may take; <c>timeout_seconds</c> of <c>gates.yaml</c> holds too. Default 20 seconds.</summary>
    public TimeSpan MaxTime { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Processor time of each process of a run, in whole seconds. Default 10 seconds.</summary>
    public TimeSpan MaxCpuTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Memory of a run: each process gets no more of its own, and a run whose processes hold more together, with what they
    /// share counted for each, is ended. 16 MiB to 64 GiB, default 512 MiB.
    /// </summary>
    public long MaxMemoryBytes { get; init; } = 512L * 1024 * 1024;

    /// <summary>Processes and threads of one run. Node.js needs about 12, .NET about 25. 1 to 10,000, default 64.</summary>
    public int MaxProcesses { get; init; } = 64;

    /// <summary>Files that each process of a run may have open. 8 to 100,000, default 128.</summary>
    public int MaxOpenFiles { get; init; } = 128;

    /// <summary>Bytes of one file, and of all files together where the folder of a run is in memory. Default 16 MiB.</summary>
    public long MaxFileBytes { get; init; } = 16L * 1024 * 1024;

    /// <summary>Bytes of what a script is given to read; a plan with more fails. 1 KiB to 128 MiB, default 64 MiB.</summary>
    public int MaxInputBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Bytes that a script may write to its output, and as many to its error output. 1 KiB to 256 MiB, default 4 MiB.</summary>
    public int MaxOutputBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>From this share of failures on a script is not run for a while, above 0 and up to 1. Default 0.5.</summary>
    public double FailureRatio { get; init; } = 0.5;

    /// <summary>Over how long failures are counted against successes, 1 second to 1 day. Default 10 minutes.</summary>
    public TimeSpan SamplingDuration { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Fewer runs within that time say nothing about a script; at least 2. Default 3.</summary>
    public int MinimumRuns { get; init; } = 3;

    /// <summary>How long a script that failed too often is not run, before one run tries it again; 1 second to 1 day. Default 5 minutes.</summary>
    public TimeSpan BreakDuration { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Null when every value is in range, else which is not.</summary>
    public string? Problem() => Reason() is { } reason ? $"Scripts: {reason}" : null;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1), Day = TimeSpan.FromDays(1);

    private string? Reason() =>
        Folder.Length > 0 && !Directory.Exists(Folder) ? $"{nameof(Folder)} '{Folder}' is no folder."
        : FirstUserId is < 1 or > 2_000_000_000 ? $"{nameof(FirstUserId)} is {FirstUserId}; it must be 1 to 2000000000, as scripts never run as root."
        : SearchPath.Length == 0 ? $"{nameof(SearchPath)} must not be empty."
        : MaxConcurrent is < 1 or > 64 ? $"{nameof(MaxConcurrent)} is {MaxConcurrent}; it must be 1 to 64."
        : MaxTime <= TimeSpan.Zero || MaxTime > Day ? $"{nameof(MaxTime)} must be positive, and at most one day."
        : MaxCpuTime < Second || MaxCpuTime > Day ? $"{nameof(MaxCpuTime)} must be 1 second to 1 day."
        : MaxMemoryBytes is < 16L << 20 or > 64L << 30 ? $"{nameof(MaxMemoryBytes)} is {MaxMemoryBytes}; it must be 16 MiB to 64 GiB."
        : MaxProcesses is < 1 or > 10_000 ? $"{nameof(MaxProcesses)} is {MaxProcesses}; it must be 1 to 10000."
        : MaxOpenFiles is < 8 or > 100_000 ? $"{nameof(MaxOpenFiles)} is {MaxOpenFiles}; it must be 8 to 100000."
        : MaxFileBytes < 4096 ? $"{nameof(MaxFileBytes)} is {MaxFileBytes}; it must be at least 4096."
        : MaxInputBytes is < 1024 or > 128 << 20 ? $"{nameof(MaxInputBytes)} is {MaxInputBytes}; it must be 1 KiB to 128 MiB."
        : MaxOutputBytes is < 1024 or > 256 << 20 ? $"{nameof(MaxOutputBytes)} is {MaxOutputBytes}; it must be 1 KiB to 256 MiB."
        : FailureRatio is not (> 0 and <= 1) ? $"{nameof(FailureRatio)} is {FailureRatio}; it must be above 0 and at most 1."
        : SamplingDuration < Second || SamplingDuration > Day ? $"{nameof(SamplingDuration)} must be 1 second to 1 day."
        : MinimumRuns < 2 ? $"{nameof(MinimumRuns)} is {MinimumRuns}; it must be at least 2."
        : BreakDuration < Second || BreakDuration > Day ? $"{nameof(BreakDuration)} must be 1 second to 1 day."
        : null;
}
