using System.Xml.Linq;

namespace Planning.House.Tests;

/// <summary>What a project file says about its dependencies.</summary>
internal sealed record Project(string Name, string Path, IReadOnlyList<string> Projects, IReadOnlyList<string> Packages)
{
    public static IReadOnlyList<Project> All { get; } =
        [.. Sources.In(["src", "client", "grains", "silo", "tests"], ".csproj").Select(Load)];

    public static Project Named(string name) =>
        All.SingleOrDefault(project => project.Name == name) ?? throw new ArgumentException($"There is no project {name}.", nameof(name));

    public string Folder => Path[..Path.LastIndexOf('/')];

    private static Project Load(string path)
    {
        var file = XDocument.Parse(Sources.Read(path));
        return new Project(
            System.IO.Path.GetFileNameWithoutExtension(path),
            path,
            [.. Included(file, "ProjectReference").Select(System.IO.Path.GetFileNameWithoutExtension).OfType<string>()],
            [.. Included(file, "PackageReference")]);
    }

    private static IEnumerable<string> Included(XDocument file, string element) =>
        file.Descendants(element).Select(reference => reference.Attribute("Include")?.Value.Replace('\\', '/')).OfType<string>();
}
