namespace Planning.Artifacts.Tests.Support;

/// <summary>Finds the checkout and the shared test data by walking up from the test assembly.</summary>
internal static class Folders
{
    /// <summary>Root of the checkout.</summary>
    public static string Repository { get; } =
        Up(folder => File.Exists(Path.Combine(folder, "Planning.Orleans.sln"))) ?? throw new InvalidOperationException("No checkout above the tests.");

    /// <summary>Shared test data; null on machines that do not have it.</summary>
    public static string? SharedData { get; } =
        Environment.GetEnvironmentVariable("PLANNING_SHARED_DATA") is { Length: > 0 } set
            ? set
            : Up(folder => Directory.Exists(Path.Combine(folder, "shared", "data"))) is { } found ? Path.Combine(found, "shared", "data") : null;

    /// <summary>The examples that ship with the product.</summary>
    public static string Examples => Path.Combine(Repository, "schemas", "examples", "payments-q1");

    /// <summary>A path below the shared data.</summary>
    public static string Shared(params string[] parts) => Path.Combine([SharedData!, .. parts]);

    private static string? Up(Predicate<string> found)
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (found(folder))
                return folder;
        }
        return null;
    }
}

/// <summary>A fact that needs the shared test data, and is skipped by name without it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute()
    {
        if (Folders.SharedData is null)
            Skip = "The folder shared/data is not beside this checkout; set PLANNING_SHARED_DATA to its path.";
    }
}

/// <summary>A theory that needs the shared test data, and is skipped by name without it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedDataTheoryAttribute : TheoryAttribute
{
    public SharedDataTheoryAttribute()
    {
        if (Folders.SharedData is null)
            Skip = "The folder shared/data is not beside this checkout; set PLANNING_SHARED_DATA to its path.";
    }
}
