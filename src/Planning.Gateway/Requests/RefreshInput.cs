using System.Collections.Immutable;
using Planning.Contracts;
using Planning.Domain.Environments;
using Planning.Domain.Refreshes;
using Planning.Gateway.Errors;
using Planning.Gateway.Identity;

namespace Planning.Gateway.Requests;

/// <summary>Types, assets and windows as requests name them.</summary>
internal static class RefreshInput
{
    public static Parsed<RefreshType?> Type(string? type) => type is not null && RefreshType.Find(type) is null
        ? Invalid("/type", $"There is no type '{type}'; there are {string.Join(", ", RefreshType.All.Select(t => t.Name))}.")
        : new Parsed<RefreshType?>(type is null ? null : RefreshType.Find(type), null);

    public static Parsed<ImmutableSortedSet<Asset>?> Assets(string field, IReadOnlyList<string>? assets) =>
        assets?.FirstOrDefault(a => Wire.Find<Asset>(a) is null) is { } wrong
            ? Invalid(field, $"There is no asset '{wrong}'; there are {string.Join(", ", Wire.All<Asset>())}.")
            : new Parsed<ImmutableSortedSet<Asset>?>(assets?.Select(a => Wire.Find<Asset>(a)!.Value).ToImmutableSortedSet(), null);

    public static Parsed<ImmutableSortedSet<string>?> Groups(IReadOnlyList<string>? groups) =>
        groups?.FirstOrDefault(g => !GroupNames.IsValid(g)) is { } wrong
            ? Invalid("/notify_groups", $"'{wrong}' is no group: {GroupNames.Form}.")
            : new Parsed<ImmutableSortedSet<string>?>(groups?.ToImmutableSortedSet(StringComparer.Ordinal), null);

    /// <summary>Both ends or neither.</summary>
    public static Parsed<TimeWindow?> Window(DateTimeOffset? from, DateTimeOffset? to) => (from, to) switch
    {
        (null, null) => new Parsed<TimeWindow?>(null, null),
        ({ } start, { } end) => EnvironmentInput.Of(start, end),
        _ => Invalid(from is null ? "/from" : "/to", "A window has both its ends. Give 'from' and 'to', or neither."),
    };

    private static ProblemResult Invalid(string field, string message) => Problems.Unprocessable("invalid_value", message, new ProblemError("invalid_value", message, field));
}
