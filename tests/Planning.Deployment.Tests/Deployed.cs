using Planning.Testing;

namespace Planning.Deployment.Tests;

/// <summary>The folder k8s/, read once.</summary>
internal static class Deployed
{
    public static readonly string[] Overlays = ["development", "staging", "production"];

    /// <summary>Every object of the base.</summary>
    public static IReadOnlyList<Yaml> Base { get; } =
        [.. Kustomization("base")["resources"].Items.SelectMany(file => Documents($"base/{file.Text}"))];

    /// <summary>The settings that all pods get.</summary>
    public static IReadOnlyDictionary<string, string> Settings { get; } =
        Lines("base/settings.env").Where(line => line.Length > 0).Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);

    /// <summary>Services of compose.yaml that run a program of ours, by name.</summary>
    public static IReadOnlyDictionary<string, Yaml> Composed { get; } =
        Documents("compose.yaml")[0]["services"].Entries.Where(s => s.Value["image"].Text.StartsWith("planning:", StringComparison.Ordinal)).ToDictionary();

    /// <summary>What makes pods.</summary>
    public static IReadOnlyList<Yaml> Workloads => [.. Base.Where(o => Kind(o) is "Deployment" or "Job")];

    public static IReadOnlyList<Yaml> Deployments => Of("Deployment");

    public static IReadOnlyList<Yaml> Of(string kind) => [.. Base.Where(o => Kind(o) == kind)];

    public static Yaml Named(string kind, string name) => Of(kind).Single(o => Name(o) == name);

    public static string Kind(Yaml o) => o["kind"].Text;

    public static string Name(Yaml o) => o["metadata", "name"].Text;

    public static Yaml Pod(Yaml workload) => workload["spec", "template", "spec"];

    public static IReadOnlyDictionary<string, string> PodLabels(Yaml workload) => workload["spec", "template", "metadata", "labels"].Texts;

    public static Yaml Container(Yaml workload) => Assert.Single(Pod(workload)["containers"].Items);

    /// <summary>The workloads whose pods have all these labels.</summary>
    public static IReadOnlyList<Yaml> Selected(Yaml labels) =>
        [.. Workloads.Where(w => labels.Texts.All(label => PodLabels(w).TryGetValue(label.Key, out var value) && value == label.Value))];

    public static Yaml Kustomization(string folder) => Documents($"{folder}/kustomization.yaml")[0];

    public static IReadOnlyList<Yaml> Documents(string path) =>
        [.. Yaml.Read(path, File.ReadAllText(At(path))).Select(d => d with { Place = d["metadata", "name"].Value is string name ? $"{path}:{d["kind"].Value}/{name}" : path })];

    public static string[] Lines(string path) => File.ReadAllLines(At(path));

    /// <summary>All files, as paths below k8s/; what git ignores is none of them.</summary>
    public static IReadOnlyList<string> Files { get; } =
        [.. Directory.EnumerateFiles(At(""), "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(At(""), f).Replace('\\', '/')).Where(f => f != ".env").Order(StringComparer.Ordinal)];

    public static string At(string path) => Repository.At("k8s", path);
}
