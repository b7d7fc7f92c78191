using System.Text.Json.Nodes;

namespace Planning.Engine.Entities;

/// <summary>
/// Steps from one schema version of an event type to the next. Adding one: write the new schema beside the old,
/// add the step here, and keep a stored history of the old version in the tests.
/// </summary>
public static class Upcasters
{
    /// <summary>(type, version that the step starts from) → the step.</summary>
    private static readonly Dictionary<(string Type, int From), Func<JsonObject, JsonObject>> Steps = [];

    public static int PresentVersion(string type)
    {
        var version = 1;
        while (Steps.ContainsKey((type, version)))
            version++;
        return version;
    }

    /// <exception cref="UnknownEventException">The version is newer than this release.</exception>
    public static JsonObject Lift(string type, int version, JsonObject data)
    {
        if (version < 1 || version > PresentVersion(type))
            throw new UnknownEventException($"{type} version {version} was written by another release; this one reads up to {PresentVersion(type)}.");
        for (; Steps.TryGetValue((type, version), out var step); version++)
            data = step(data);
        return data;
    }
}
