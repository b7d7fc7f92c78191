using Planning.Domain.Refreshes;
using Planning.Engine.Trackers;

namespace Planning.Trackers;

/// <summary>One tracker, as the server's settings describe it. Their words stand here, on the one side of each mapping, and nowhere else.</summary>
public sealed partial record TrackerOptions
{
    /// <summary>Its name here, and the end of its webhooks' address: 1 to 40 of a-z, 0-9 and hyphens. It never changes.</summary>
    public required string Id { get; init; }

    /// <summary>The workspace whose refreshes it follows.</summary>
    public required string Workspace { get; init; }

    public required TrackerKind Kind { get; init; }

    /// <summary>Where it is: <c>https://example.atlassian.net</c>. Plain http is for this machine itself.</summary>
    public required Uri BaseAddress { get; init; }

    /// <summary>The account's name for basic authentication; null, the default, sends the token as a bearer.</summary>
    public string? User { get; init; }

    /// <summary>API token, personal access token or password of the account.</summary>
    public required string Token { get; init; }

    /// <summary>Jira: the project's key. ServiceNow: the table, such as <c>change_request</c>.</summary>
    public required string Project { get; init; }

    /// <summary>Jira: the type of the issues. ServiceNow: the type of the change. Null, the default, is Jira's <c>Task</c>, and in ServiceNow what its own default is.</summary>
    public string? ItemType { get; init; }

    /// <summary>Our account there, as its messages name it: what it does is our own echo. Jira Cloud: the account id. Elsewhere: the user's name.</summary>
    public required string OwnAccount { get; init; }

    /// <summary>Which status of theirs shows ours; a status that is left out stays as it is there. ServiceNow: the number of the state. Null, the default, is <see cref="UsualMappings"/>.</summary>
    public IReadOnlyDictionary<RefreshStatus, string>? Statuses { get; init; }

    /// <summary>
    /// What it means here when somebody changes an item there. Jira: by the name of the new status. ServiceNow: by field and value, <c>approval=rejected</c>,
    /// <c>state=4</c>. Null, the default, rejects and cancels (<see cref="UsualMappings"/>); approving is only there when it is written here.
    /// </summary>
    public IReadOnlyDictionary<string, TrackerWish>? Wishes { get; init; }

    /// <summary>Fields of theirs that show one thing each, by what they show. Empty, the default, leaves it at title and text.</summary>
    public IReadOnlyDictionary<TrackedField, string> Fields { get; init; } = new Dictionary<TrackedField, string>();

    /// <summary>Which person here an account there is. Whoever is not named can change nothing here. Empty, the default, is nobody.</summary>
    public IReadOnlyDictionary<string, string> People { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What its messages are signed with, at least 16 characters each; a second one while the first is being replaced.</summary>
    public required IReadOnlyList<string> WebhookSecrets { get; init; }

    /// <summary>How old a message may be; longer than the tracker tries again to send one. 1 minute to 1 day, default 2 hours.</summary>
    public TimeSpan MaxMessageAge { get; init; } = TimeSpan.FromHours(2);

    /// <summary>How long one action there may take in all, every request of it included. 1 second to 1 minute, default 10 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Where people see a refresh, with <c>{id}</c> for its id; null, the default, shows no address.</summary>
    public string? LinkTo { get; init; }

    /// <summary>The mapping that holds.</summary>
    public IReadOnlyDictionary<RefreshStatus, string> StatusMapping => Statuses ?? UsualMappings.StatusesOf(Kind);

    /// <summary>The mapping that holds.</summary>
    public IReadOnlyDictionary<string, TrackerWish> WishMapping => Wishes ?? UsualMappings.WishesOf(Kind);
}
