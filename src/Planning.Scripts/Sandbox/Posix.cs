using System.Runtime.InteropServices;

namespace Planning.Scripts.Sandbox;

/// <summary>The few calls of the operating system that .NET has no name for.</summary>
internal static class Posix
{
    private const int KillSignal = 9, GetDescriptorFlags = 1, SetDescriptorFlags = 2, CloseOnExec = 1;

    /// <summary>Ends a process at once; below zero, a whole group of that number. One that is gone already is no error.</summary>
    public static void Kill(int processId) => _ = kill(processId, KillSignal);

    /// <exception cref="IOException">It cannot be given away.</exception>
    public static void ChangeOwner(string path, int user)
    {
        if (chown(path, (uint)user, (uint)user) != 0)
            throw new IOException($"{path} cannot be given to the user {user}: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}.");
    }

    /// <summary>The path without links; null where there is nothing.</summary>
    public static string? RealPath(string path)
    {
        var real = realpath(path, 0);
        try
        {
            return Marshal.PtrToStringUTF8(real);
        }
        finally
        {
            free(real);
        }
    }

    /// <summary>
    /// Programs that are started from here on get none of this process's files but the standard ones. .NET sees to its own;
    /// what the process was started with, and what libraries open, may lack the mark.
    /// </summary>
    public static void KeepDescriptors()
    {
        foreach (var path in Directory.EnumerateFileSystemEntries("/proc/self/fd"))
        {
            if (int.TryParse(Path.GetFileName(path.AsSpan()), out var descriptor) && descriptor > 2
                && fcntl(descriptor, GetDescriptorFlags, 0) is var flags and >= 0 && (flags & CloseOnExec) == 0)
            {
                _ = fcntl(descriptor, SetDescriptorFlags, flags | CloseOnExec);
            }
        }
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int kill(int pid, int signal);

    [DllImport("libc", SetLastError = true)]
    private static extern int chown([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint owner, uint group);

    [DllImport("libc", SetLastError = true)]
    private static extern int fcntl(int descriptor, int command, nint argument);

    [DllImport("libc", SetLastError = true)]
    private static extern nint realpath([MarshalAs(UnmanagedType.LPUTF8Str)] string path, nint resolved);

    [DllImport("libc")]
    private static extern void free(nint memory);
}
