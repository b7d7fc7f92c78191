namespace Planning.Testing;

/// <summary>Where the sources are.</summary>
public static class Repository
{
    private const string Landmark = "Planning.Orleans.sln";

    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } =
        Upwards().FirstOrDefault(folder => File.Exists(Path.Combine(folder, Landmark)))
        ?? throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds {Landmark}.");

    /// <summary>A path below the root.</summary>
    public static string At(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>The folder of the tests' assemblies and all above it.</summary>
    internal static IEnumerable<string> Upwards()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            yield return folder.FullName;
    }
}
