using Planning.Artifacts;
using Planning.Artifacts.Kinds;
using Planning.Artifacts.StoryMaps;

namespace Planning.Engine.Gates.Validators;

/// <summary>Links of story maps that should lead to artifacts of the plan. Addresses on the net are not followed.</summary>
internal static class StoryMapLinks
{
    public const string BrokenLinkRule = "references.broken_link";

    public static IEnumerable<Finding> Broken(GateInput input)
    {
        foreach (var file in input.OfKind(ArtifactKind.StoryMap).Where(a => !a.Evidence))
        {
            var map = file.Read(StoryMapReader.Read);
            if (map.Value is null)
            {
                yield return file.Unreadable(ReferencesValidator.UnreadableRule, [.. file.Parsed.Findings, .. map.Findings]);
                continue;
            }
            foreach (var link in map.Value.Links)
            {
                if (Target(link.Text) is { } name && input.Find(name) is null)
                {
                    yield return new Finding(
                        file.Name, link.Line, link.Column, "", BrokenLinkRule, Severity.Error,
                        $"The link leads to '{name}', which is not attached to the plan.", "Attach it under this name, or correct the link.");
                }
            }
        }
    }

    /// <summary>The name of an artifact; null for addresses elsewhere and for places within the file.</summary>
    private static string? Target(string link)
    {
        var end = link.AsSpan().IndexOfAny('#', '?');
        var path = Uri.UnescapeDataString(end < 0 ? link : link[..end]);
        while (path.StartsWith("./", StringComparison.Ordinal))
            path = path[2..];
        return path.Length == 0 || path.StartsWith('/') || path.Contains("://") || path.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) ? null : path;
    }
}
