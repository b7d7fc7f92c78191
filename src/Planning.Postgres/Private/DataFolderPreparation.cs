using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace Planning.Postgres.Private;

/// <summary>Creates the folders, closes them to others, and gives them to the user that PostgreSQL runs as.</summary>
[UnsupportedOSPlatform("windows")]
internal static class DataFolderPreparation
{
    private const UnixFileMode OwnerOnlyFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnerOnlyFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Names that may be in the folder before its first use.</summary>
    private static readonly string[] Ours = ["pg", "pg.new", "password", "log", "socket", HolderLock.LockName, HolderLock.HolderName];

    public static async Task PrepareAsync(this DataFolderLayout layout, RunAs runAs, CancellationToken cancellation)
    {
        RefuseForeignContents(layout);
        foreach (var folder in new[] { layout.Root, layout.Logs, layout.Sockets })
            MakePrivate(folder, runAs);
        await CheckPassageAsync(layout, runAs, cancellation);
        if (!File.Exists(layout.Password))
            CreatePassword(layout, runAs);
    }

    private static void RefuseForeignContents(DataFolderLayout layout)
    {
        if (!Directory.Exists(layout.Root) || layout.HasCluster)
            return;
        var foreign = Directory.EnumerateFileSystemEntries(layout.Root).Select(Path.GetFileName).FirstOrDefault(name => !Ours.Contains(name));
        if (foreign is not null)
            throw new DataFolderUnusableException(
                $"{layout.Root} holds '{foreign}' and no database of ours. Name an empty or new folder for the data.");
    }

    private static void MakePrivate(string folder, RunAs runAs)
    {
        try
        {
            Directory.CreateDirectory(folder, OwnerOnlyFolder);
            if (new DirectoryInfo(folder).LinkTarget is not null && folder.StartsWith("/tmp/", StringComparison.Ordinal))
                throw new DataFolderUnusableException($"{folder} is a link; remove it.");
            // Fails for a folder of somebody else, which is the point.
            File.SetUnixFileMode(folder, OwnerOnlyFolder);
            runAs.Own(folder);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new DataFolderUnusableException(
                $"{folder} cannot be used for the data: {failure.Message} Choose another folder, or see to its owner.", failure);
        }
    }

    private static async Task CheckPassageAsync(DataFolderLayout layout, RunAs runAs, CancellationToken cancellation)
    {
        if (runAs.User is null || (await Command.RunAsync(runAs.Wrap(["/bin/sh", "-c", "cd \"$1\"", "sh", layout.Root]), cancellation)).Succeeded)
            return;
        var closed = Parents(layout.Root).FirstOrDefault(parent => !File.GetUnixFileMode(parent).HasFlag(UnixFileMode.OtherExecute));
        throw new DataFolderUnusableException(
            $"PostgreSQL runs as the user '{runAs.User.Name}', who cannot reach {layout.Root}"
            + (closed is null ? "." : $": {closed} lets only its owner pass.")
            + $" Choose a data folder elsewhere, such as /var/lib/planning{(closed is null ? "" : $", or allow it: chmod o+x {closed}")}.");
    }

    private static IEnumerable<string> Parents(string folder)
    {
        for (var parent = Path.GetDirectoryName(folder); parent is not null; parent = Path.GetDirectoryName(parent))
            yield return parent;
    }

    private static void CreatePassword(DataFolderLayout layout, RunAs runAs)
    {
        if (layout.HasCluster)
            throw new DataFolderUnusableException(
                $"{layout.Password} is gone, and without it nobody can log in to the data in {layout.Root}. Put the file back from a backup.");
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnlyFile,
        };
        using (var file = new StreamWriter(layout.Password, options))
            file.Write(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)));
        runAs.Own(layout.Password);
    }
}
