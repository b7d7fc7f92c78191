using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Planning.Domain.Plans;

/// <summary>
/// The hash that approvals bind to: over artifacts, tags, window and the fields that governance looks at.
/// Each member is written with its length before it, so that no two contents share a text.
/// </summary>
public static class PlanContent
{
    public static ContentHash HashOf(Plan plan)
    {
        var text = new StringBuilder();
        foreach (var artifact in plan.Content.OrderBy(a => a.Name, StringComparer.Ordinal))
            Write(text, "artifact", artifact.Name, artifact.Hash.Value);
        foreach (var (name, value) in plan.Tags.OrderBy(t => t.Key, StringComparer.Ordinal))
            Write(text, "tag", name, value);
        if (plan.Window is { } window)
            Write(text, "window", Day(window.Start), Day(window.End));
        Write(text, "stream", plan.Stream);
        Write(text, "rollback_plan", plan.RollbackPlan ?? "");
        Write(text, "emergency_contact", plan.EmergencyContact?.Value ?? "");
        return new ContentHash("sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()))));
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static void Write(StringBuilder text, params ReadOnlySpan<string> members)
    {
        foreach (var member in members)
            text.Append(CultureInfo.InvariantCulture, $"{member.Length}:{member};");
        text.Append('\n');
    }
}
