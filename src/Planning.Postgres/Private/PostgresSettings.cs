namespace Planning.Postgres.Private;

/// <summary>The command line of the private server: what suits one machine, durable always.</summary>
internal static class PostgresSettings
{
    public const string DefaultPort = "5432";

    public static Dictionary<string, string> Of(PrivatePostgresOptions options, DataFolderLayout layout)
    {
        var settings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            // Nobody but the owner of the socket's folder gets in, and no port can be taken.
            ["listen_addresses"] = "",
            ["port"] = DefaultPort,
            ["unix_socket_directories"] = layout.Sockets,
            ["unix_socket_permissions"] = "0700",
            ["fsync"] = "on",
            ["synchronous_commit"] = "on",
            ["full_page_writes"] = "on",
            ["max_connections"] = "100",
            ["shared_buffers"] = "128MB",
            ["wal_compression"] = "on",
            ["max_wal_size"] = "2GB",
            ["checkpoint_timeout"] = "15min",
            // Queries here are short; compiling them costs more than running them.
            ["jit"] = "off",
            ["timezone"] = "UTC",
            ["log_timezone"] = "UTC",
            ["logging_collector"] = "on",
            ["log_directory"] = layout.Logs,
            ["log_filename"] = "postgres-%Y%m%d-%H%M%S.log",
            ["log_rotation_size"] = "10MB",
            ["log_rotation_age"] = "1d",
            ["log_line_prefix"] = "%m [%p] %q%a ",
        };
        foreach (var (name, value) in options.Settings)
            settings[name] = value;
        return settings;
    }

    public static IReadOnlyList<string> CommandLine(
        PostgresBinaries binaries, DataFolderLayout layout, IEnumerable<KeyValuePair<string, string>> settings) =>
        [binaries.Postgres, "-D", layout.Cluster, .. settings.SelectMany(setting => new[] { "-c", $"{setting.Key}={setting.Value}" })];

    /// <summary>
    /// Whether postmaster.opts, in which PostgreSQL records its command line, tells of the same arguments.
    /// The program's path is left out: PostgreSQL resolves links in it.
    /// </summary>
    public static bool WereUsed(IReadOnlyList<string> commandLine, string recorded) =>
        recorded.Trim().EndsWith(string.Concat(commandLine.Skip(1).Select(word => $" \"{word}\"")), StringComparison.Ordinal);
}
