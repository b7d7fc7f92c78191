using System.Runtime.InteropServices;

namespace Planning.Postgres.Private;

/// <summary>The few calls of the operating system that .NET has no name for.</summary>
internal static class Posix
{
    /// <summary>To a postmaster: fast shutdown. Connections end, a checkpoint is written.</summary>
    public const int FastShutdown = 2;

    /// <summary>To a postmaster: end at once; the next start recovers from the write-ahead log.</summary>
    public const int ImmediateShutdown = 3;

    /// <summary>No process is asked any more. What was PostgreSQL's recovers from the write-ahead log.</summary>
    public const int Kill = 9;

    private const int NotPermitted = 1;

    /// <summary>False when there is no such process any more.</summary>
    public static bool Signal(int processId, int signal) => kill(processId, signal) == 0;

    public static void ChangeOwner(string path, UnixUser owner)
    {
        if (chown(path, owner.UserId, owner.GroupId) != 0)
            throw new DataFolderUnusableException(
                $"{path} cannot be given to the user '{owner.Name}': {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}.");
    }

    /// <summary>A zombie, which nobody has waited for yet, counts as gone: it holds nothing any more.</summary>
    public static bool IsAlive(int processId)
    {
        if (!OperatingSystem.IsLinux())
            return kill(processId, 0) == 0 || Marshal.GetLastPInvokeError() == NotPermitted;
        try
        {
            var stat = File.ReadAllText($"/proc/{processId}/stat");
            var state = stat[stat.LastIndexOf(')') + 2];
            return state is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int kill(int pid, int signal);

    [DllImport("libc", SetLastError = true)]
    private static extern int chown([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint owner, uint group);
}
