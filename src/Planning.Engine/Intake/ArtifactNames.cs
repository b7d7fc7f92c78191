using System.Text;
using Planning.Domain;

namespace Planning.Engine.Intake;

/// <summary>Names that are safe wherever an artifact may be written: a relative path, without tricks.</summary>
public static class ArtifactNames
{
    public const int MaxLength = 200;

    /// <summary>Null when the name will do.</summary>
    public static Rejection? Refuse(string name)
    {
        if (name.Length is 0 or > MaxLength)
            return Refused($"it has {name.Length} characters, and must have 1 to {MaxLength}");
        if (name.Contains("%2F", StringComparison.OrdinalIgnoreCase))
            return Refused("it has an escaped slash; send slashes as they are");
        if (name.Contains('\\') || name.Contains(':') || name.EnumerateRunes().Any(r => Rune.IsControl(r) || r == Rune.ReplacementChar))
            return Refused("it has a backslash, a colon or a control character");
        return name.Split('/').Any(part => part is "" or "." or ".." || part != part.Trim())
            ? Refused("it is no plain relative path such as schemas/plan.json")
            : null;
    }

    private static Rejection Refused(string why) =>
        Rejection.Invalid("artifact_name_invalid", $"The artifact's name does not do: {why}.");
}
