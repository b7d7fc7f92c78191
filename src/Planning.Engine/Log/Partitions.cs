using System.Text;
using Planning.Domain;

namespace Planning.Engine.Log;

/// <summary>Which partition a workspace lives in. The answer for a given count never changes: it is where the events are.</summary>
public static class Partitions
{
    public static int Of(WorkspaceId workspace, int count) => count == 1 ? 0 : (int)(Fnv1a(workspace.Value) % (uint)count);

    /// <summary>FNV-1a, 32 bits, of the UTF-8 bytes: short, even enough, and the same on every machine and in every release.</summary>
    private static uint Fnv1a(string text)
    {
        var hash = 2166136261u;
        foreach (var b in Encoding.UTF8.GetBytes(text))
            hash = unchecked((hash ^ b) * 16777619u);
        return hash;
    }
}
