using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace Planning.Deployment.Tests;

/// <summary>A YAML value with its place, so that a failure can say which one it means. Anchors and merge keys are resolved.</summary>
internal sealed record Yaml(string Place, object? Value)
{
    public bool Exists => Value is not null;

    public string Text => Value as string ?? throw new InvalidDataException($"{Place} is no text.");

    public int Number => int.Parse(Text);

    public IReadOnlyList<Yaml> Items =>
        Value is List<object?> list ? [.. list.Select((item, index) => new Yaml($"{Place}/{index}", item))] : [];

    public IReadOnlyDictionary<string, Yaml> Entries =>
        Value is Dictionary<object, object?> map ? map.ToDictionary(e => (string)e.Key, e => new Yaml($"{Place}/{e.Key}", e.Value)) : [];

    /// <summary>Each entry as a text, as labels are.</summary>
    public IReadOnlyDictionary<string, string> Texts => Entries.ToDictionary(e => e.Key, e => e.Value.Text);

    /// <summary>What is under these keys or places in a list; a value that does not exist when one of them is missing.</summary>
    public Yaml this[params string[] path] => path.Aggregate(this, (at, key) =>
        at.Entries.TryGetValue(key, out var entry) ? entry
        : int.TryParse(key, out var index) && index < at.Items.Count ? at.Items[index]
        : new Yaml($"{at.Place}/{key}", null));

    /// <summary>This value and all within it.</summary>
    public IEnumerable<Yaml> All() => new[] { this }.Concat(Items.Concat(Entries.Values).SelectMany(inner => inner.All()));

    public static IReadOnlyList<Yaml> Read(string name, string text)
    {
        var parser = new MergingParser(new Parser(new StringReader(text)));
        var reader = new DeserializerBuilder().Build();
        var documents = new List<Yaml>();
        parser.Consume<StreamStart>();
        while (parser.Accept<DocumentStart>(out _))
            documents.Add(new Yaml(name, reader.Deserialize<object?>(parser)));
        return documents;
    }

    public override string ToString() => Place;
}
