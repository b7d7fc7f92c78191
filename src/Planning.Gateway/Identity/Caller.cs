using Planning.Domain;
using Planning.Gateway.Errors;

namespace Planning.Gateway.Identity;

/// <summary>Who a request comes from.</summary>
/// <param name="Id">Of the credential; what rate limits count.</param>
/// <param name="KeyId">The API key; null for local callers without one.</param>
internal sealed record Caller(string Id, WorkspaceId Workspace, Actor Actor, string? KeyId = null);

/// <summary>A caller, or why there is none.</summary>
/// <param name="Former">Who came with a key that was theirs and no longer holds; for the audit alone.</param>
internal readonly record struct Identified(Caller? Caller, ProblemResult? Problem, Caller? Former = null)
{
    public static implicit operator Identified(Caller caller) => new(caller, null);

    public static implicit operator Identified(ProblemResult problem) => new(null, problem);
}
