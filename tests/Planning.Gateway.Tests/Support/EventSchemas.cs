using System.Text;
using Planning.Artifacts.Documents;
using Planning.Artifacts.Schema;
using Planning.Testing;
using Xunit;

namespace Planning.Gateway.Tests.Support;

/// <summary>The schemas of schemas/events/v1, compiled once.</summary>
internal static class EventSchemas
{
    private static readonly Lazy<JsonSchema> Envelope = new(() => Compile("envelope.json"));

    public static void AssertFollows(string envelope)
    {
        var faults = Envelope.Value.Evaluate(Parse(envelope), "event.json");
        Assert.True(faults.Count == 0, $"{envelope}\n{string.Join('\n', faults)}");
    }

    public static bool IsValid(string envelope) => Envelope.Value.IsValid(Parse(envelope));

    private static DocumentNode Parse(string json) => ArtifactParser.Parse(Encoding.UTF8.GetBytes(json), "event.json").Root!.Value;

    private static JsonSchema Compile(string name)
    {
        var registry = new SchemaRegistry();
        foreach (var file in Directory.EnumerateFiles(Repository.At("schemas", "events", "v1")))
        {
            var schema = ArtifactParser.Parse(File.ReadAllBytes(file), Path.GetFileName(file)).Root!.Value;
            registry.Add("urn:planning:events:v1:" + Path.GetFileNameWithoutExtension(file), schema);
        }
        var compiled = JsonSchema.Compile(File.ReadAllBytes(Repository.At("schemas", "events", "v1", name)), name, registry);
        Assert.True(compiled.Ok, string.Join('\n', compiled.Findings));
        return compiled.Value!;
    }
}
