using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Planning.Scripts.Sandbox;

/// <summary>
/// The command line of a run. Each program in it replaces itself by the next, from the outside in:
/// <list type="number">
/// <item>setsid: a group of processes of its own, to be ended as one</item>
/// <item>timeout: ends it when the server that should do so is gone</item>
/// <item>unshare: network, processes, mounts and messages of its own; then <c>enter.sh</c>, which closes the file system</item>
/// <item>prlimit: limits, while there is still the right to set them</item>
/// <item>setpriv: another user, no rights, and no way to get any</item>
/// <item>the program, with its arguments</item>
/// </list>
/// </summary>
internal sealed class SandboxWords(SystemTools tools, ScriptOptions options, Isolation isolation)
{
    /// <summary>How much longer than its time a run may go on when the server was killed meanwhile.</summary>
    private static readonly TimeSpan Orphaned = TimeSpan.FromSeconds(10);

    private static readonly string Enter = ReadEnter();

    /// <summary>Whom the files of a run belong to; null where that is the server's own user.</summary>
    public int? OwnerOf(int user) => isolation.OwnUser ? user : null;

    /// <summary>A run that is about to start. Nothing of the server's environment is in it.</summary>
    public ProcessStartInfo Describe(RunFolder folder, int user, IEnumerable<string> arguments, TimeSpan limit)
    {
        string[] words = [tools["timeout"], "--signal=KILL", Text((long)(limit + Orphaned).TotalSeconds), .. Namespaces(folder, user), .. Limits(), .. Rights(user), folder.Program, .. arguments];
        var start = new ProcessStartInfo(tools["setsid"], words)
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            WorkingDirectory = folder.Work,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = options.SearchPath;
        start.Environment["LANG"] = "C.UTF-8";
        return start;
    }

    private IEnumerable<string> Namespaces(RunFolder folder, int user)
    {
        if (!isolation.Namespaces)
            return [];
        // Who is not root is root in a namespace of users, as far as that goes: over nothing but what is in it.
        string[] users = isolation.OwnUser ? [] : ["--user", "--map-root-user"];
        return
        [
            tools["unshare"], .. users, "--net", "--ipc", "--mount", "--pid", "--fork", "--kill-child", "--",
            tools["sh"], "-c", Enter, "enter", folder.Work, Text(isolation.OwnUser ? user : 0), Text(options.MaxFileBytes),
        ];
    }

    private IEnumerable<string> Limits() =>
    [
        tools["prlimit"],
        // Memory that is only set aside, as Node.js and .NET do by the gigabyte, does not count as data.
        $"--data={options.MaxMemoryBytes}", $"--cpu={(long)options.MaxCpuTime.TotalSeconds}", $"--nproc={options.MaxProcesses}",
        $"--nofile={options.MaxOpenFiles}", $"--fsize={options.MaxFileBytes}", "--core=0", "--msgqueue=0", "--memlock=0",
    ];

    private IEnumerable<string> Rights(int user)
    {
        string[] users = isolation.OwnUser ? [$"--reuid={user}", $"--regid={user}", "--clear-groups"] : [];
        string[] rights = Environment.IsPrivilegedProcess || isolation.Namespaces ? ["--inh-caps=-all", "--bounding-set=-all"] : [];
        string[] parent = isolation.Namespaces ? ["--pdeathsig=KILL"] : [];
        return ["--", tools["setpriv"], .. users, .. rights, "--no-new-privs", .. parent, "--"];
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string ReadEnter()
    {
        using var stream = typeof(SandboxWords).Assembly.GetManifestResourceStream("enter.sh")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
