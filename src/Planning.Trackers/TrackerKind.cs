namespace Planning.Trackers;

/// <summary>The trackers that there is an adapter for.</summary>
public enum TrackerKind
{
    /// <summary>Jira as Atlassian runs it.</summary>
    JiraCloud = 1,

    /// <summary>Jira Server and Data Center.</summary>
    JiraServer,
    ServiceNow,
}

/// <summary>What of a refresh can be shown in a field of its own, beside title and text.</summary>
public enum TrackedField
{
    RefreshId = 1,
    Environment,
    Type,
    Status,
    WindowStart,
    WindowEnd,
    Destroys,
    Reason,
}
