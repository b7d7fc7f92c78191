using System.Text;
using Planning.Domain;
using Planning.Engine.Notifications;

namespace Planning.Channels.Tests.Support;

internal static class Samples
{
    public const string Secret = "whsec_a-secret-of-this-test";

    public static Notification Notification(string subject = "Refresh of uat-2 approved", string text = "Ada approved it.\nIt begins on Monday.", string id = "msg_01") => new(
        id,
        new WorkspaceId("default"),
        "refresh:ref_1",
        "REFRESH_APPROVED",
        new DateTimeOffset(2026, 1, 5, 7, 30, 0, TimeSpan.Zero),
        subject,
        text,
        Encoding.UTF8.GetBytes("""{"version":1,"id":"msg_01","type":"REFRESH_APPROVED"}"""));

    public static ChannelTarget Target(ChannelKind kind, string address, string? secret = null) => new("tgt_1", kind, address, secret);
}
