using System.Buffers;

namespace Planning.Trackers;

/// <summary>What can be wrong with a tracker's settings.</summary>
public sealed partial record TrackerOptions
{
    private const int MinSecretLength = 16;

    private static readonly SearchValues<char> IdCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>Of Jira's project keys and ServiceNow's tables: they stand in queries and addresses.</summary>
    private static readonly SearchValues<char> ProjectCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

    /// <summary>Null when it can work, else a sentence that names the setting and its range.</summary>
    public string? Problem() => Wrong() is { } wrong ? $"Tracker '{Id}': {wrong}" : null;

    private string? Wrong() =>
        Id.Length is < 1 or > 40 || Id.AsSpan().ContainsAnyExcept(IdCharacters) ? "its id is 1 to 40 of a-z, 0-9 and hyphens."
        : string.IsNullOrWhiteSpace(Workspace) ? "workspace is blank."
        : !Enum.IsDefined(Kind) ? "kind is jira_cloud, jira_server or service_now."
        : !IsSafe(BaseAddress) ? $"base_address is '{BaseAddress}'; it is an https address without user, query and fragment. Plain http is for this machine itself."
        : string.IsNullOrEmpty(Token) || HasControl(Token) || HasControl(User ?? "") ? "token is empty, or token or user holds a control character."
        : User is "" || User?.Contains(':', StringComparison.Ordinal) == true ? "user is empty or has a colon; leave it out to send the token as a bearer."
        : Project.Length is < 1 or > 80 || Project.AsSpan().ContainsAnyExcept(ProjectCharacters) ? $"project is '{Project}'; it is 1 to 80 letters, digits and underscores."
        : ItemType is { } type && string.IsNullOrWhiteSpace(type) ? "item_type is blank; leave it out for the default."
        : string.IsNullOrWhiteSpace(OwnAccount) ? "own_account is blank; without it our own changes could not be told from those of others."
        : People.ContainsKey(OwnAccount) ? "own_account is among people; what it does is an echo and never a person's wish."
        : People.FirstOrDefault(p => string.IsNullOrWhiteSpace(p.Key) || string.IsNullOrWhiteSpace(p.Value)) is { Key: not null } nobody ? $"people maps '{nobody.Key}' to '{nobody.Value}'; neither is blank."
        : StatusMapping.Values.Any(string.IsNullOrWhiteSpace) ? "a status is mapped to nothing; leave it out instead."
        : Kind == TrackerKind.ServiceNow && WishMapping.Keys.FirstOrDefault(k => !IsFieldValue(k)) is { } key ? $"wishes has '{key}'; write approval=rejected, or state=4."
        : Fields.Values.Any(f => f.Length == 0 || f.AsSpan().ContainsAnyExcept(ProjectCharacters)) ? "a field is named by letters, digits and underscores: customfield_10010, u_environment."
        : WebhookSecrets.Count is < 1 or > 2 || WebhookSecrets.Any(s => s.Length < MinSecretLength) ? $"webhook_secrets has one secret, or two while they change, of at least {MinSecretLength} characters each."
        : MaxMessageAge < TimeSpan.FromMinutes(1) || MaxMessageAge > TimeSpan.FromDays(1) ? "max_message_age is 1 minute to 1 day."
        : Timeout < TimeSpan.FromSeconds(1) || Timeout > TimeSpan.FromMinutes(1) ? "timeout is 1 second to 1 minute."
        : LinkTo is { } link && !(link.Contains("{id}", StringComparison.Ordinal) && Uri.TryCreate(link, UriKind.Absolute, out var at) && at.Scheme is "https" or "http")
            ? $"link_to is '{link}'; it is an address with {{id}} in it."
        : null;

    private static bool IsSafe(Uri address) =>
        address is { IsAbsoluteUri: true, UserInfo: "", Query: "", Fragment: "" } && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));

    private static bool IsFieldValue(string key) =>
        key.Split('=') is [("approval" or "state"), { Length: > 0 }];

    private static bool HasControl(string text) => text.Any(char.IsControl);
}
