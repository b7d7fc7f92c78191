namespace Planning.Scripts.Sandbox;

/// <summary>
/// The files of one run: the program, as it was hashed, and a working folder that the script may write. Nothing beside the
/// program comes along, so that all that runs is what the hash stands for.
/// </summary>
internal sealed class RunFolder : IDisposable
{
    private const UnixFileMode Passable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private const UnixFileMode Executable =
        UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private readonly DirectoryInfo folder;

    /// <param name="owner">Whom the working folder is given to; null for the server's own user.</param>
    /// <exception cref="IOException">The disk is full, or the folder cannot be given away.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder for temporary files cannot be written.</exception>
    public RunFolder(ReadOnlySpan<byte> program, int? owner)
    {
        if (OperatingSystem.IsWindows())
            throw new PlatformNotSupportedException("Scripts run on Linux only.");
        folder = Directory.CreateTempSubdirectory("planning-script-");
        try
        {
            folder.UnixFileMode = Passable;
            using (var file = new FileStream(Program, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Executable }))
                file.Write(program);
            // The process may have a mask of its own.
            File.SetUnixFileMode(Program, Executable);
            Directory.CreateDirectory(Work, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            if (owner is { } user)
                Posix.ChangeOwner(Work, user);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string Program => Path.Combine(folder.FullName, "program");

    public string Work => Path.Combine(folder.FullName, "work");

    /// <summary>Removes all of it. What a script without a user of its own has locked away stays behind.</summary>
    public void Dispose()
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A run that has ended has a verdict; a left-over folder must not change it.
        }
    }
}
