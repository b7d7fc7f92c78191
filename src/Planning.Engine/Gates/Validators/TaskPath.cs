namespace Planning.Engine.Gates.Validators;

/// <summary>Tasks one after the other, for a sentence.</summary>
internal static class TaskPath
{
    /// <summary>Tasks that are written out; the middle of a longer path is left out.</summary>
    private const int MaxLength = 40;

    public static string Of(IReadOnlyList<string> names) => string.Join(" → ", names.Count <= MaxLength
        ? names
        : [.. names.Take(MaxLength / 2), $"({names.Count - MaxLength} more)", .. names.Skip(names.Count - (MaxLength / 2))]);
}
