namespace Planning.Client;

/// <summary>No answer came: no connection, a cut one, or none in time, after all tries. A command may have happened all the same.</summary>
public sealed class PlanningConnectionException : HttpRequestException
{
    internal PlanningConnectionException(string message, int attempts, string? idempotencyKey, Exception? inner = null)
        : base((inner as HttpRequestException)?.HttpRequestError ?? HttpRequestError.Unknown, message, inner) =>
        (Attempts, IdempotencyKey) = (attempts, idempotencyKey);

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; }

    /// <summary>Send the command again under this key, and it happens once at most; null for what has none.</summary>
    public string? IdempotencyKey { get; }
}
