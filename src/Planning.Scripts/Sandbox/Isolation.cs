using Planning.Engine.Gates;

namespace Planning.Scripts.Sandbox;

/// <summary>What keeps a run away from everything else.</summary>
/// <param name="OwnUser">It runs as a user that nothing else runs as; else as the server's own user.</param>
/// <param name="Namespaces">It sees no network, no process of others and no file that it can write but those in its working folder, and nothing of it outlives it.</param>
internal sealed record Isolation(bool OwnUser, bool Namespaces)
{
    /// <summary>What a complete one has beyond this one, as parts of a sentence.</summary>
    public IReadOnlyList<string> Missing =>
    [
        .. OwnUser ? Array.Empty<string>() : ["a user of its own"],
        .. Namespaces ? Array.Empty<string>() : ["a closed network", "a read-only file system", "processes out of sight of others"],
    ];

    public string MissingText => string.Join(", ", Missing);

    /// <summary>The best that this machine can give, found by trying it.</summary>
    /// <exception cref="ValidatorFailedException">No script can run here in any way; the message says why.</exception>
    public static Isolation Probe(SystemTools tools, ScriptOptions options)
    {
        if (!OperatingSystem.IsLinux())
            throw new ValidatorFailedException("Scripts run on Linux only. Move the server there, or take the validator out of gates.yaml.");
        if (tools.Missing is { Count: > 0 } missing)
            throw new ValidatorFailedException($"Scripts need {string.Join(", ", missing)} on the server. Install util-linux and coreutils.");
        // Root would only lend its power to whoever writes the script.
        var root = Environment.IsPrivilegedProcess;
        var refused = "";
        foreach (var isolation in new[] { new Isolation(root, Namespaces: true), new Isolation(root, Namespaces: false) })
        {
            if (isolation.Namespaces && !tools.CanMakeNamespaces)
                continue;
            if (Trial.Problem(new SandboxWords(tools, options, isolation), options) is not { } problem)
                return isolation;
            refused = problem;
        }
        throw new ValidatorFailedException($"Scripts cannot run on this server, not even without namespaces of their own: {refused}");
    }
}
