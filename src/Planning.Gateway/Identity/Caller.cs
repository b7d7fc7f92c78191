using Planning.Domain;
using Planning.Gateway.Errors;

namespace Planning.Gateway.Identity;

/// <summary>Who a request comes from.</summary>
/// <param name="Id">Of the credential; what rate limits count.</param>
internal sealed record Caller(string Id, WorkspaceId Workspace, Actor Actor);

/// <summary>A caller, or why there is none.</summary>
internal readonly record struct Identified(Caller? Caller, ProblemResult? Problem)
{
    public static implicit operator Identified(Caller caller) => new(caller, null);

    public static implicit operator Identified(ProblemResult problem) => new(null, problem);
}
