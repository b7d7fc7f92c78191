namespace Planning.Postgres.Private;

internal static class PrivatePostgresOptionsCheck
{
    /// <summary>What an acknowledged commit rests on, with the values that keep it safe.</summary>
    private static readonly Dictionary<string, string[]> Durability = new(StringComparer.OrdinalIgnoreCase)
    {
        ["fsync"] = ["on"],
        ["synchronous_commit"] = ["on", "local", "remote_write", "remote_apply"],
        ["full_page_writes"] = ["on"],
    };

    public static void Check(this PrivatePostgresOptions options)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(options.DataFolder);
        CheckName(options.Superuser, nameof(options.Superuser));
        CheckName(options.Database, nameof(options.Database));
        CheckPositive(options.StartTimeout, nameof(options.StartTimeout));
        CheckPositive(options.StopTimeout, nameof(options.StopTimeout));
        CheckPositive(options.RestartDelay, nameof(options.RestartDelay));
        CheckPositive(options.RestartDelayLimit, nameof(options.RestartDelayLimit));
        ArgumentOutOfRangeException.ThrowIfNegative(options.RestartLimit);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.LogFilesKept, 1);
        foreach (var (name, value) in options.Settings)
        {
            if (!IsSettingName(name))
                throw new ArgumentException($"Settings: '{name}' is no name of a PostgreSQL setting.", nameof(options));
            if (Durability.TryGetValue(name, out var safe) && !safe.Contains(value, StringComparer.OrdinalIgnoreCase))
                throw new ArgumentException(
                    $"Settings: {name} = {value} would lose acknowledged work after a crash; leave {name} on.", nameof(options));
        }
    }

    private static void CheckName(string value, string option)
    {
        if (!IsName(value))
            throw new ArgumentException(
                $"{option}: '{value}' must be 1 to 63 lower-case letters, digits and underscores, and not begin with a digit or pg_.",
                option);
    }

    private static void CheckPositive(TimeSpan value, string option) =>
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero, option);

    private static bool IsName(string value) =>
        value.Length is > 0 and <= 63
        && value.All(sign => char.IsAsciiLetterLower(sign) || char.IsAsciiDigit(sign) || sign == '_')
        && !char.IsAsciiDigit(value[0])
        && !value.StartsWith("pg_", StringComparison.Ordinal);

    // Extensions put a dot into the names of theirs.
    private static bool IsSettingName(string value) =>
        value.Length > 0 && value.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '_' or '.');
}
