namespace Planning.Contracts;

/// <summary>A refusal or a failure, as RFC 9457 has it.</summary>
/// <param name="Type">An address that names the code; not meant to be fetched.</param>
/// <param name="Title">The code in words.</param>
/// <param name="Status">The HTTP status again.</param>
/// <param name="Detail">What is wrong, where, and what to do.</param>
/// <param name="Code">Stable, snake_case; docs/errors.md lists them all.</param>
/// <param name="Errors">Everything that is wrong or missing, at once; empty where the detail says it all.</param>
/// <param name="TraceId">Finds the request in the server's log.</param>
/// <param name="GateRunId">The gate run that blocked a transition.</param>
/// <param name="Version">The entity's version, where the refusal speaks of one.</param>
/// <param name="Position">Where the refusal's own events lie, where it has any (a blocked transition is recorded).</param>
public sealed record Problem(
    string Type,
    string Title,
    int Status,
    string Detail,
    string Code,
    IReadOnlyList<ProblemError> Errors,
    string? TraceId = null,
    string? GateRunId = null,
    long? Version = null,
    long? Position = null);

/// <param name="Source">The field, gate, rule or limit that it comes from.</param>
/// <param name="File">The artifact or rulebook file, where there is one.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
public sealed record ProblemError(string Code, string Message, string? Source = null, string? File = null, int? Line = null, int? Column = null);
