namespace Planning.Contracts;

/// <summary>The headers that the API defines, beside those of HTTP itself.</summary>
public static class PlanningHeaders
{
    /// <summary>On every answer to a command: where its last event lies in the log.</summary>
    public const string Position = "Planning-Position";

    /// <summary>On a read: wait until everything up to this position can be seen.</summary>
    public const string MinPosition = "Planning-Min-Position";

    /// <summary>On a command: repeating the request under the same key has no second effect. 1 to 200 visible ASCII characters but no slash.</summary>
    public const string IdempotencyKey = "Idempotency-Key";

    /// <summary>Who a local caller is, while no API key is configured: <c>ada;roles=planner,planning_lead</c>.</summary>
    public const string Actor = "Planning-Actor";
}
