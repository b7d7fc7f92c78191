using System.Collections.Immutable;
using Planning.Contracts;
using Planning.Domain.Environments;
using Planning.Gateway.Errors;
using Planning.Gateway.Identity;
using DomainWindow = Planning.Domain.Environments.MaintenanceWindow;
using MaintenanceWindow = Planning.Contracts.MaintenanceWindow;

namespace Planning.Gateway.Requests;

/// <summary>Days, spans and groups as requests name them.</summary>
internal static class EnvironmentInput
{
    public static TimeWindow Of(DateTimeOffset from, DateTimeOffset to) => new(from.ToUniversalTime(), to.ToUniversalTime());

    public static Parsed<ImmutableArray<DomainWindow>?> Of(IReadOnlyList<MaintenanceWindow>? windows)
    {
        if (windows is null)
            return new Parsed<ImmutableArray<DomainWindow>?>(null, null);
        var read = ImmutableArray.CreateBuilder<DomainWindow>(windows.Count);
        foreach (var window in windows)
        {
            if (Wire.Find<DayOfWeek>(window.Day) is not { } day)
                return Invalid($"/maintenance_windows/{read.Count}/day", $"There is no day '{window.Day}'; there are {string.Join(", ", Wire.All<DayOfWeek>())}.");
            read.Add(new DomainWindow(day, window.Start, window.Minutes));
        }
        return new Parsed<ImmutableArray<DomainWindow>?>(read.ToImmutable(), null);
    }

    public static Parsed<ImmutableSortedSet<string>?> Groups(IReadOnlyList<string>? groups) =>
        groups?.FirstOrDefault(g => !GroupNames.IsValid(g)) is { } wrong
            ? Invalid("/user_groups", $"'{wrong}' is no group: {GroupNames.Form}.")
            : new Parsed<ImmutableSortedSet<string>?>(groups?.ToImmutableSortedSet(StringComparer.Ordinal), null);

    public static Parsed<string?> Group(string? group) => group is not null && !GroupNames.IsValid(group)
        ? Invalid("/owner_group", $"'{group}' is no group: {GroupNames.Form}.")
        : new Parsed<string?>(group, null);

    public static Parsed<BookingMode> Mode(string mode) => Wire.Find<BookingMode>(mode) is { } known
        ? known
        : Invalid("/mode", $"There is no mode '{mode}'; there are {string.Join(", ", Wire.All<BookingMode>())}.");

    private static ProblemResult Invalid(string field, string message) => Problems.Unprocessable("invalid_value", message, new ProblemError("invalid_value", message, field));
}
