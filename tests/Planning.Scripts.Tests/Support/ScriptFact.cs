using Planning.Engine.Gates;
using Planning.Scripts.Sandbox;

namespace Planning.Scripts.Tests.Support;

/// <summary>What the machine that runs the tests can do.</summary>
internal static class Machine
{
    private static readonly Lazy<string?> Lack = new(Look);

    /// <summary>Null when scripts can be kept apart completely here.</summary>
    public static string? IsolationLack => Lack.Value;

    public static string? SkipReason(string[] interpreters) =>
        Array.Find(interpreters, name => !new ScriptOptions().SearchPath.Split(':').Any(folder => File.Exists(Path.Combine(folder, name)))) is { } absent
            ? $"needs {absent} in {new ScriptOptions().SearchPath}"
            : IsolationLack;

    private static string? Look()
    {
        try
        {
            var isolation = Isolation.Probe(new SystemTools(), new ScriptOptions());
            return isolation.Missing.Count == 0 ? null : $"needs a machine that can give scripts {isolation.MissingText}: run as root with the right to make namespaces";
        }
        catch (ValidatorFailedException e)
        {
            return e.Message;
        }
    }
}

/// <summary>A test that runs programs completely kept apart.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ScriptFactAttribute : FactAttribute
{
    /// <param name="interpreters">Programs that must be there.</param>
    public ScriptFactAttribute(params string[] interpreters) => Skip = Machine.SkipReason(Interpreters = interpreters);

    public string[] Interpreters { get; }
}

/// <summary>A table of tests that run programs completely kept apart.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ScriptTheoryAttribute : TheoryAttribute
{
    /// <param name="interpreters">Programs that must be there.</param>
    public ScriptTheoryAttribute(params string[] interpreters) => Skip = Machine.SkipReason(Interpreters = interpreters);

    public string[] Interpreters { get; }
}
