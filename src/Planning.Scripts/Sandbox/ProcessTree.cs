using System.Globalization;

namespace Planning.Scripts.Sandbox;

/// <summary>The processes of a run, as <c>/proc</c> shows them.</summary>
internal static class ProcessTree
{
    /// <summary>A process and all that descends from it. What has lost its parent on the way is not found, unless a namespace holds it.</summary>
    public static IEnumerable<int> Of(int root)
    {
        var waiting = new Stack<int>([root]);
        while (waiting.TryPop(out var process))
        {
            yield return process;
            foreach (var child in Children(process))
                waiting.Push(child);
        }
    }

    /// <summary>Bytes of memory that are in use now by all of them; what two share counts for both.</summary>
    public static long ResidentBytes(int root) => Of(root).Sum(process =>
        // size resident shared …, in pages
        Read($"/proc/{process}/statm") is { } text && long.TryParse(text.Split(' ')[1], CultureInfo.InvariantCulture, out var pages)
            ? pages * Environment.SystemPageSize
            : 0);

    /// <summary>
    /// Ends all of them. The descendants first: the first process of a namespace takes all others in it along, and is the one
    /// that a script cannot hide.
    /// </summary>
    /// <param name="seen">Gets each of them before it is ended.</param>
    public static void Kill(int root, Action<int>? seen = null)
    {
        foreach (var process in Of(root).Reverse().ToArray())
        {
            seen?.Invoke(process);
            Posix.Kill(process);
        }
        KillGroup(root);
    }

    public static void KillGroup(int root) => Posix.Kill(-root);

    /// <summary>Ends whatever runs as a user, also what has left its parent and its group. More than one pass, as it may be having children.</summary>
    public static void KillUser(int user)
    {
        for (var pass = 0; pass < 20; pass++)
        {
            var any = false;
            foreach (var process in Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => char.IsAsciiDigit(name![0])))
            {
                if (!RunsAs(process!, user))
                    continue;
                any = true;
                Posix.Kill(int.Parse(process!, CultureInfo.InvariantCulture));
            }
            if (!any)
                return;
        }
    }

    /// <summary>False once it holds nothing: it is gone, or dead and nobody has waited for it yet.</summary>
    public static bool Runs(int process) => Read($"/proc/{process}/status") is { } status && Runs(status);

    private static bool Runs(string status) => !status.Contains("\nState:\tZ", StringComparison.Ordinal);

    private static bool RunsAs(string process, int user) =>
        Read($"/proc/{process}/status") is { } status && status.Contains($"\nUid:\t{user}\t", StringComparison.Ordinal) && Runs(status);

    private static IEnumerable<int> Children(int process)
    {
        string[] threads;
        try
        {
            threads = Directory.GetDirectories($"/proc/{process}/task");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
        return threads.SelectMany(thread => (Read($"{thread}/children") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(child => int.Parse(child, CultureInfo.InvariantCulture));
    }

    /// <summary>Null when the process is gone.</summary>
    private static string? Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
