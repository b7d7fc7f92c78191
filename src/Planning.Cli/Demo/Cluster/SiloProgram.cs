using Planning.Cli.Handoff;

namespace Planning.Cli.Demo.Cluster;

/// <summary>Where <c>planning-silo</c> is: this program knows nothing of what it is made of.</summary>
internal static class SiloProgram
{
    public const string Variable = "PLANNING_SILO_PROGRAM";

    /// <summary>As in the image, where the two programs lie in folders side by side.</summary>
    private static readonly string Beside = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "silo", "planning-silo"));

    /// <exception cref="CommandFailedException">It is not where it is said to be.</exception>
    public static string Find()
    {
        var named = Environment.GetEnvironmentVariable(Variable);
        var path = string.IsNullOrEmpty(named) ? Beside : named;
        return File.Exists(path) ? path
            : throw new CommandFailedException(
                string.IsNullOrEmpty(named)
                    ? $"A cluster needs the program planning-silo, and there is none at {path}. Say in {Variable} where it is; ./planning in a checkout builds it."
                    : $"{Variable} says that planning-silo is {path}, and there is no such file.");
    }
}
