using Planning.Domain;

namespace Planning.Engine.Calendars;

/// <summary>
/// A calendar that a person's programs fetch from an address of its own. Whoever knows the address sees it, so it shows no more
/// than the person's groups saw when it was made, to admins and auditors, too.
/// </summary>
/// <param name="ZoneId">Of the IANA database; times are written in its local time.</param>
/// <param name="EnvironmentId">Null for everything that the person sees.</param>
/// <param name="SecretHash">SHA-256 of the secret in the address; the secret itself is shown once and never stored.</param>
public sealed record CalendarFeed(
    string Id, WorkspaceId Workspace, PersonId Person, IReadOnlyList<string> Groups, string ZoneId, EnvironmentId? EnvironmentId, ReadOnlyMemory<byte> SecretHash,
    DateTimeOffset CreatedAt, DateTimeOffset? RevokedAt = null)
{
    /// <summary>Of one person, at the same time.</summary>
    public const int MaxPerPerson = 20;
}
