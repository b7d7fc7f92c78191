using Planning.Domain;

namespace Planning.Engine.Notifications;

/// <summary>A target with whom it belongs to and how it does.</summary>
/// <param name="Id"><c>tgt_…</c>.</param>
/// <param name="Group">Whose members manage it; through it they are told what they may see, and nothing else.</param>
/// <param name="Name">For people.</param>
/// <param name="Secret">Signs what a generic webhook gets; null for the other channels.</param>
public sealed record NotificationTarget(
    WorkspaceId Workspace, string Id, string Group, string Name, ChannelKind Kind, string Address, string? Secret, PersonId CreatedBy, DateTimeOffset CreatedAt)
{
    public const int MaxNameLength = 200;
    public const int MaxAddressLength = 2_000;

    /// <summary>Targets of one group, at most.</summary>
    public const int MaxPerGroup = 50;

    /// <summary>Null while it takes what it is sent.</summary>
    public Outage? Outage { get; init; }

    public ChannelTarget Channel => new(Id, Kind, Address, Secret);
}

/// <summary>A target that takes nothing: what waits for it waits on, and one message at a time tries whether it is back.</summary>
/// <param name="LastError">Of the last try.</param>
public sealed record Outage(DateTimeOffset Since, string LastError);
