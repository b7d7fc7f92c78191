namespace Planning.Postgres.Private;

/// <summary>The log files that PostgreSQL writes, each bounded by log_rotation_size.</summary>
internal static class ServerLog
{
    private const int LastLines = 6;

    /// <summary>Deletes all but the newest files, so that the log as a whole is bounded too.</summary>
    public static void Sweep(DataFolderLayout layout, int kept)
    {
        try
        {
            foreach (var old in NewestFirst(layout).Skip(kept))
                old.Delete();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // A file too many harms nobody, and the next sweep comes soon.
        }
    }

    /// <summary>The last words of the run that just failed, for the message about it.</summary>
    public static string LastWords(DataFolderLayout layout)
    {
        var files = new[] { layout.StartLog }.Concat(NewestFirst(layout).Take(1).Select(file => file.FullName));
        var lines = files.Where(File.Exists).SelectMany(file => File.ReadLines(file).TakeLast(LastLines));
        return string.Join(Environment.NewLine, lines);
    }

    // The names carry the time they were begun at.
    private static IEnumerable<FileInfo> NewestFirst(DataFolderLayout layout) =>
        new DirectoryInfo(layout.Logs).EnumerateFiles("postgres-*.log").OrderByDescending(file => file.Name, StringComparer.Ordinal);
}
