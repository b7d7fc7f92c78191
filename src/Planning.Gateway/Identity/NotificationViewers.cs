using Planning.Domain;
using Planning.Engine.Reads;
using Planning.Gateway.Requests;

namespace Planning.Gateway.Identity;

/// <summary>Whose targets a caller sees, whose the caller tends, and whose the caller manages: those of the caller's groups, and these.</summary>
internal static class NotificationViewers
{
    /// <summary>Admins, auditors and operators see all.</summary>
    public static Viewer Seeing(Call call) => Of(call, Role.Admin, Role.Auditor, Role.Operator);

    /// <summary>Admins and operators send again, and drop, what is anybody's.</summary>
    public static Viewer Tending(Call call) => Of(call, Role.Admin, Role.Operator);

    public static Viewer Managing(Call call) => Of(call, Role.Admin);

    private static Viewer Of(Call call, params Role[] all) => new(call.Workspace, call.Actor.Id, call.Actor.Groups, all.Any(call.Actor.Has));
}
