using Planning.Testing;

namespace Planning.House.Tests;

/// <summary>The files that people write, by folder and kind.</summary>
internal static class Sources
{
    private static readonly string[] Generated = ["bin", "obj", "node_modules", "dist"];

    /// <summary>Paths below the repository's root, with forward slashes, such as <c>src/Planning.Domain/Ids.cs</c>.</summary>
    public static IReadOnlyList<string> In(string folder, params string[] extensions) =>
        Directory.Exists(Repository.At(folder))
            ? [.. Files(new DirectoryInfo(Repository.At(folder))).Where(path => extensions.Contains(Path.GetExtension(path))).Order(StringComparer.Ordinal)]
            : [];

    public static IReadOnlyList<string> In(IEnumerable<string> folders, params string[] extensions) =>
        [.. folders.SelectMany(folder => In(folder, extensions))];

    public static string Read(string path) => File.ReadAllText(Repository.At(path));

    public static string[] Lines(string path) => File.ReadAllLines(Repository.At(path));

    /// <summary>Each line that breaks a rule, as <c>path:line: text</c>.</summary>
    public static IReadOnlyList<string> LinesWhere(IEnumerable<string> paths, Func<string, bool> breaks) =>
        [.. paths.SelectMany(path => Lines(path).Select((text, index) => (text, at: $"{path}:{index + 1}: {text.Trim()}"))
            .Where(line => breaks(line.text)).Select(line => line.at))];

    private static IEnumerable<string> Files(DirectoryInfo folder) =>
        folder.EnumerateFiles().Select(file => Path.GetRelativePath(Repository.Root, file.FullName).Replace('\\', '/'))
            .Concat(folder.EnumerateDirectories().Where(child => !Generated.Contains(child.Name)).SelectMany(Files));
}
