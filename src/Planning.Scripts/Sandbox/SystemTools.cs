namespace Planning.Scripts.Sandbox;

/// <summary>The programs of the machine that a run is wrapped in, by their full paths: what PATH says of them does not count.</summary>
internal sealed class SystemTools
{
    private static readonly string[] Folders = ["/usr/bin", "/bin", "/usr/sbin", "/sbin"];
    private static readonly string[] Needed = ["setsid", "timeout", "prlimit", "setpriv"];

    /// <summary>What <c>enter.sh</c> calls is found by its own PATH.</summary>
    private static readonly string[] ForNamespaces = ["unshare", "sh", "mount", "cut", "env"];

    private readonly Dictionary<string, string> paths = [];

    public SystemTools()
    {
        foreach (var name in Needed.Concat(ForNamespaces))
        {
            if (Folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists) is { } path)
                paths.Add(name, path);
        }
    }

    /// <summary>Those without which nothing runs.</summary>
    public IReadOnlyList<string> Missing => [.. Needed.Where(name => !paths.ContainsKey(name))];

    public bool CanMakeNamespaces => Array.TrueForAll(ForNamespaces, paths.ContainsKey);

    public string this[string name] => paths[name];
}
