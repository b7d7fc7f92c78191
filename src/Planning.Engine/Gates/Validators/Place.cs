using Planning.Artifacts;
using Planning.Artifacts.Documents;

namespace Planning.Engine.Gates.Validators;

/// <summary>Findings at a place of an artifact.</summary>
internal static class Place
{
    /// <param name="key">What identifies the finding where the message holds figures; the message when null.</param>
    public static Finding Error(this GateArtifact artifact, DocumentNode node, string rule, string message, string advice, string? key = null) =>
        artifact.At(node, rule, Severity.Error, message, advice, key);

    public static Finding At(
        this GateArtifact artifact, DocumentNode node, string rule, Severity severity, string message, string advice, string? key = null) =>
        new(artifact.Name, node.Line, node.Column, node.Pointer, rule, severity, message, advice) { MessageKey = key };

    /// <summary>For what concerns the whole artifact, or one that is not there: its first character.</summary>
    public static Finding Whole(string file, string rule, Severity severity, string message, string advice, string? key = null) =>
        new(file, 1, 1, "", rule, severity, message, advice) { MessageKey = key };

    /// <summary>An artifact that cannot be read is never taken for an empty one.</summary>
    public static Finding Unreadable(this GateArtifact artifact, string rule, IReadOnlyList<Finding> reasons)
    {
        var first = reasons.FirstOrDefault(f => f.Severity == Severity.Error);
        return new Finding(
            artifact.Name, first?.Line ?? 1, first?.Column ?? 1, "", rule, Severity.Error,
            $"{artifact.Name} cannot be read, so nothing of it could be checked{(first is null ? "" : $" ({first.Rule}: {first.Message})")}.",
            "Mend the file first.")
        { MessageKey = "unreadable" };
    }
}
