using System.Globalization;

namespace Planning.Deployment.Tests;

/// <summary>
/// The base with an overlay's patches. Overlays use one form of patch only, JSON Patch with "replace" of what exists, so
/// that this stays short; whatever else one contains is refused here.
/// </summary>
internal static class Kustomized
{
    /// <exception cref="InvalidDataException">The overlay does something else than replacing what the base has.</exception>
    public static IReadOnlyList<Yaml> Of(string overlay)
    {
        var patches = Deployed.Kustomization($"overlays/{overlay}")["patches"].Items;
        return [.. Deployed.Base.Select(o => patches.Where(p => Targets(p, o)).SelectMany(Operations).Aggregate(o, (at, op) => at with { Value = Replace(at, op) }))];
    }

    public static bool Targets(Yaml patch, Yaml o) =>
        patch["target", "kind"].Text == Deployed.Kind(o) && patch["target", "name"].Text == Deployed.Name(o);

    private static IEnumerable<Yaml> Operations(Yaml patch) => Yaml.Read(patch.Place, patch["patch"].Text).Single().Items;

    private static object? Replace(Yaml o, Yaml operation)
    {
        var path = operation["path"].Text.Split('/')[1..];
        if (operation["op"].Text != "replace" || !o[path].Exists)
            throw new InvalidDataException($"{operation} replaces nothing: {o} has no {operation["path"].Text}.");
        return Replaced(o.Value, path, operation["value"].Value);
    }

    private static object? Replaced(object? at, string[] path, object? value) => (at, path) switch
    {
        (_, []) => value,
        (Dictionary<object, object?> map, [var key, .. var rest]) => map.ToDictionary(e => e.Key, e => (string)e.Key == key ? Replaced(e.Value, rest, value) : e.Value),
        (List<object?> list, [var index, .. var rest]) =>
            list.Select((item, i) => i.ToString(CultureInfo.InvariantCulture) == index ? Replaced(item, rest, value) : item).ToList(),
        _ => throw new InvalidDataException($"Nothing is at {string.Join('/', path)}."),
    };
}
