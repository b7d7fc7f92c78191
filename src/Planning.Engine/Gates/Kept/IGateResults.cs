using System.Collections.Immutable;
using Planning.Domain;

namespace Planning.Engine.Gates.Kept;

/// <summary>
/// Results of validators that outlive the process and serve all of them, each workspace by itself. A cache: what it loses is
/// computed again, and whoever cannot reach it does without.
/// </summary>
public interface IGateResults
{
    /// <param name="notBefore">What was kept earlier is not found.</param>
    /// <returns>The findings as they were kept; null where there are none.</returns>
    ValueTask<ReadOnlyMemory<byte>?> FindAsync(WorkspaceId workspace, string key, DateTimeOffset notBefore, CancellationToken cancellation);

    /// <summary>Of two results of one key the last stays.</summary>
    ValueTask KeepAsync(WorkspaceId workspace, KeptResult result, CancellationToken cancellation);

    /// <returns>How many results were dropped.</returns>
    ValueTask<int> DropAsync(WorkspaceId workspace, KeptBounds bounds, CancellationToken cancellation);
}

/// <param name="Key">SHA-256 in 64 hex digits over everything that the findings depend on.</param>
/// <param name="Validator">Its type.</param>
/// <param name="Version">Of its code.</param>
/// <param name="Findings">UTF-8 JSON.</param>
public sealed record KeptResult(string Key, string Validator, string Version, DateTimeOffset At, ReadOnlyMemory<byte> Findings);

/// <summary>What a workspace may keep.</summary>
/// <param name="NotBefore">What was kept earlier is dropped.</param>
/// <param name="MaxBytes">Of all findings together; beyond it the oldest are dropped.</param>
/// <param name="Versions">Validator to the version of its code now; what another version of it found is dropped.</param>
public sealed record KeptBounds(DateTimeOffset NotBefore, long MaxBytes, ImmutableSortedDictionary<string, string> Versions);
