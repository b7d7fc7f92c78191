using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Planning.Artifacts;
using Planning.Domain;
using Planning.Engine.Json;

namespace Planning.Engine.Gates.Kept;

/// <summary>
/// What a gate run has of earlier results of all processes, and adds to them. Small inputs are judged sooner than asked for. An
/// outage is no error of a run: it does without.
/// </summary>
internal sealed partial class KeptResults(IGateResults store, IEnumerable<IValidator> validators, GateOptions options, TimeProvider time, ILogger logger)
{
    private readonly ImmutableSortedDictionary<string, string> versions =
        validators.ToImmutableSortedDictionary(v => v.Type, ValidatorCode.VersionOf, StringComparer.Ordinal);

    private readonly ConcurrentDictionary<WorkspaceId, byte> written = [];
    private long sweptAt = time.GetTimestamp();

    public bool AreFor(GateInput input) =>
        options.KeptResultAge > TimeSpan.Zero && input.Artifacts.Sum(a => (long)a.Content.Bytes.Length) >= options.KeptResultInputBytes;

    /// <param name="check">As <see cref="CacheKeys.OfCheck"/> gives it.</param>
    /// <returns>Null where nothing is kept, or it cannot be asked for now.</returns>
    public Task<IReadOnlyList<Finding>?> FindAsync(WorkspaceId workspace, IValidator validator, string check, CancellationToken run) => BrieflyAsync<IReadOnlyList<Finding>?>(
        async cancellation =>
        {
            var kept = await store.FindAsync(workspace, KeyOf(validator, check), time.GetUtcNow() - options.KeptResultAge, cancellation);
            return kept is { } findings ? JsonSerializer.Deserialize<Finding[]>(findings.Span, PlanningJson.Options) : null;
        },
        run);

    public Task KeepAsync(WorkspaceId workspace, IValidator validator, string check, IReadOnlyList<Finding> findings, CancellationToken run) => BrieflyAsync(
        async cancellation =>
        {
            var bytes = JsonSerializer.SerializeToUtf8Bytes(findings, PlanningJson.Options);
            // Half a surrogate pair does not come back as it went: such a finding would have another fingerprint.
            if (bytes.Length > options.KeptResultMaxBytes || !findings.SequenceEqual(JsonSerializer.Deserialize<Finding[]>(bytes, PlanningJson.Options)!))
                return false;
            await store.KeepAsync(workspace, new KeptResult(KeyOf(validator, check), validator.Type, versions[validator.Type], time.GetUtcNow(), bytes), cancellation);
            written[workspace] = 0;
            await SweepAsync(cancellation);
            return true;
        },
        run);

    /// <summary>Of the workspaces that something was kept for; of others nothing has grown.</summary>
    private async ValueTask SweepAsync(CancellationToken cancellation)
    {
        var last = Volatile.Read(ref sweptAt);
        if (time.GetElapsedTime(last) < options.KeptResultSweep || Interlocked.CompareExchange(ref sweptAt, time.GetTimestamp(), last) != last)
            return;
        foreach (var workspace in written.Keys)
        {
            written.TryRemove(workspace, out _);
            await store.DropAsync(workspace, new KeptBounds(time.GetUtcNow() - options.KeptResultAge, options.KeptResultBytes, versions), cancellation);
        }
    }

    /// <summary>Options that findings depend on belong to the key, too: other processes may have others.</summary>
    private string KeyOf(IValidator validator, string check) => CacheKeys.OfKept(check, versions[validator.Type], $"{options.Limits} {options.MaxFindingsPerValidator}");

    private async Task<T?> BrieflyAsync<T>(Func<CancellationToken, Task<T>> act, CancellationToken run)
    {
        using var limit = new CancellationTokenSource(options.KeptResultWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, run);
        try
        {
            return await act(either.Token);
        }
        catch (Exception e)
        {
            if (!run.IsCancellationRequested)
                WentWithout(logger, e);
            return default;
        }
    }

    [LoggerMessage(EventId = 1402, Level = LogLevel.Warning, Message = "Kept results of validators cannot be reached; the gate run goes on without them")]
    private static partial void WentWithout(ILogger logger, Exception e);
}
