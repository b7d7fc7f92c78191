namespace Planning.Channels.Outbound;

/// <summary>The receivers inside the own network that whoever operates the server has named, by host and port.</summary>
internal sealed class InternalReceivers
{
    private readonly HashSet<(string Name, int Port)> receivers = [];

    private InternalReceivers() { }

    public static (InternalReceivers Receivers, string? Problem) Read(string text)
    {
        var list = new InternalReceivers();
        foreach (var entry in HostPatterns.Entries(text))
        {
            if (HostPatterns.Split(entry) is not (var name, > 0 and var port) || Host.Read(name).Host is not { } host)
                return (list, $"'{entry}' is no receiver. Write its exact host and port, like jira.corp.example:8080.");
            list.receivers.Add((host.Name, port));
        }
        return (list, null);
    }

    public bool Include(string host, int port) => receivers.Contains((host, port));
}
