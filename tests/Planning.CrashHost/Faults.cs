using System.Runtime.InteropServices;

namespace Planning.CrashHost;

/// <summary>Ends this process, as <c>kill -9</c> does, on the nth passage of the armed fault point.</summary>
internal sealed partial class Faults
{
    private const int SigKill = 9;

    private volatile Armed? armed;

    /// <param name="spec">A fault point and a number, such as <c>after-commit:500</c>.</param>
    /// <exception cref="ArgumentException">It names no fault point, or no number from 1.</exception>
    public void Arm(string spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var parts = spec.Split(':');
        if (parts.Length != 2 || !FaultPoints.All.Contains(parts[0]) || !int.TryParse(parts[1], out var passages) || passages < 1)
            throw new ArgumentException($"'{spec}' is no fault. Write NAME:N with N from 1 and one of the names {string.Join(", ", FaultPoints.All)}.", nameof(spec));
        armed = new Armed(parts[0], passages);
    }

    public void Pass(string point)
    {
        if (armed is { } fault && fault.Point == point && fault.IsLast())
            End(point);
    }

    /// <summary>No finally, no flush, no exit handler: what the kernel does to a process that it kills, from within.</summary>
    private static void End(string point)
    {
        Said.Line($"fault {point}");
        _ = Kill(Environment.ProcessId, SigKill);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int processId, int signal);

    private sealed class Armed(string point, int passages)
    {
        private int left = passages;

        public string Point => point;

        public bool IsLast() => Interlocked.Decrement(ref left) == 0;
    }
}
