using System.ComponentModel;
using System.Diagnostics;

namespace Planning.Cluster.Tests;

/// <summary>A test on networks of its own; skipped, with the reason, where the machine does not let it make any.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NetworkFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> WhyNot = new(Try);

    public NetworkFactAttribute() => Skip = WhyNot.Value;

    /// <summary>Makes a pair of links as a <see cref="TestNetwork"/> does, in a namespace that is gone with the process that tries.</summary>
    private static string? Try()
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root")
            return "needs network namespaces, which only root may make, on Linux";
        try
        {
            using var trial = Process.Start(new ProcessStartInfo(
                "unshare", ["--net", "ip", "link", "add", "plbrtry", "type", "bridge"]) { RedirectStandardError = true, UseShellExecute = false })!;
            var error = trial.StandardError.ReadToEnd();
            trial.WaitForExit();
            return trial.ExitCode == 0 ? null : $"needs network namespaces with bridges, which this machine refuses: {error.Trim()}";
        }
        catch (Win32Exception)
        {
            return "needs the program unshare of util-linux and the program ip of iproute2";
        }
    }
}
