using System.Collections.Immutable;

namespace Planning.Engine.Audit;

/// <summary>Texts of callers, as they can be stored and shown: bounded, without control characters and halves of surrogate pairs.</summary>
internal static class AuditText
{
    private const char Instead = '\uFFFD';

    public static string? Bounded(string? text, int max)
    {
        if (text is null)
            return null;
        if (text.Length > max)
            text = text[..max];
        return Enumerable.Range(0, text.Length).All(at => CanBeKept(text, at))
            ? text
            : string.Create(text.Length, text, (kept, given) =>
            {
                for (var at = 0; at < given.Length; at++)
                    kept[at] = CanBeKept(given, at) ? given[at] : Instead;
            });
    }

    public static ImmutableSortedDictionary<string, string> Bounded(ImmutableSortedDictionary<string, string> details) => details
        .Take(AuditEntry.MaxDetails)
        .ToImmutableSortedDictionary(d => d.Key, d => Bounded(d.Value, AuditEntry.MaxDetail)!, StringComparer.Ordinal);

    private static bool CanBeKept(string text, int at) => !char.IsControl(text[at]) && (!char.IsSurrogate(text[at])
        || (char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
        || (char.IsLowSurrogate(text[at]) && at > 0 && char.IsHighSurrogate(text[at - 1])));
}
