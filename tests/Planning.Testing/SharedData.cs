using Xunit;

namespace Planning.Testing;

/// <summary>
/// Large public test data that are not part of the repository: a folder <c>shared/data</c> beside the checkout or above it,
/// or wherever the variable PLANNING_SHARED_DATA points. Tests on them are skipped where they are absent.
/// </summary>
public static class SharedData
{
    private const string Variable = "PLANNING_SHARED_DATA";

    /// <summary>Null when there is none.</summary>
    public static string? Folder { get; } = Find(Environment.GetEnvironmentVariable(Variable), Repository.Upwards());

    /// <summary>A path in the folder; only for tests that are marked as needing it.</summary>
    public static string At(params string[] parts) =>
        Path.Combine([Folder ?? throw new DirectoryNotFoundException(Reason("")), .. parts]);

    internal static string? Find(string? named, IEnumerable<string> upwards) =>
        (named is null ? upwards.Select(folder => Path.Combine(folder, "shared", "data")) : [named]).FirstOrDefault(Directory.Exists);

    /// <summary>Why a test on this part of the data cannot run; null when it can.</summary>
    internal static string? SkipReason(string part) =>
        Folder is not null && Path.Exists(Path.Combine(Folder, part)) ? null : Reason(part);

    private static string Reason(string part) =>
        $"needs {Path.Combine("shared/data", part)} beside the checkout, or {Variable} set to the folder";
}

/// <summary>A test on a part of the shared data, such as <c>jcs</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedDataFactAttribute : FactAttribute
{
    /// <summary>Skips the test where the part is absent.</summary>
    public SharedDataFactAttribute(string part = "")
    {
        Part = part;
        Skip = SharedData.SkipReason(part);
    }

    /// <summary>The file or folder that is needed.</summary>
    public string Part { get; }
}

/// <summary>A table of tests on a part of the shared data.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedDataTheoryAttribute : TheoryAttribute
{
    /// <summary>Skips the tests where the part is absent.</summary>
    public SharedDataTheoryAttribute(string part = "")
    {
        Part = part;
        Skip = SharedData.SkipReason(part);
    }

    /// <summary>The file or folder that is needed.</summary>
    public string Part { get; }
}
