using System.Globalization;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Planning.Artifacts.Documents;
using Planning.Artifacts.Schema;
using Planning.Benchmarks.Harness;
using Theirs = NJsonSchema.JsonSchema;

namespace Planning.Benchmarks.Artifacts;

/// <summary>
/// JSON Schema against NJsonSchema: valid instances of three sizes, judged when they are parsed already, and from the bytes on. Both
/// assert formats; NJsonSchema passes over what it does not know, which is dependentRequired of the backlog.
/// </summary>
internal static class SchemaBenchmarks
{
    private const double WarmUpSeconds = 1;

    private static readonly (string Kind, Func<int, string> Make)[] Kinds =
        [("be_backlog.v1", SampleArtifacts.Backlog), ("workflow", SampleArtifacts.Workflow), ("manifest", SampleArtifacts.Manifest)];

    private static readonly (string Name, int Bytes)[] Sizes = [("1kb", 1_000), ("100kb", 100_000), ("1mb", 1_000_000)];

    public static IReadOnlyList<Benchmark> All { get; } =
    [
        .. from kind in Kinds
           from size in Sizes
           from benchmark in Of(kind.Kind, size.Name, new Lazy<string>(() => kind.Make(size.Bytes)))
           select benchmark,
    ];

    private static IEnumerable<Benchmark> Of(string kind, string size, Lazy<string> text)
    {
        var name = $"{kind.Split('.')[0]}.{size}";
        yield return new($"schema.njsonschema.{name}", async run =>
        {
            var schema = await TheirsAsync(kind);
            var token = Token(text.Value);
            return await MeasureAsync(run, text.Value, () => schema.Validate(token).Count == 0);
        });
        yield return new($"schema.{name}", run =>
        {
            var schema = Ours(kind);
            var root = Root(Encoding.UTF8.GetBytes(text.Value));
            return MeasureAsync(run, text.Value, () => schema.IsValid(root));
        }, $"schema.njsonschema.{name}");
        yield return new($"schema.njsonschema.parse.{name}", async run =>
        {
            var schema = await TheirsAsync(kind);
            var bytes = Encoding.UTF8.GetBytes(text.Value);
            return await MeasureAsync(run, text.Value, () => schema.Validate(Token(Encoding.UTF8.GetString(bytes))).Count == 0);
        });
        yield return new($"schema.parse.{name}", run =>
        {
            var schema = Ours(kind);
            var bytes = Encoding.UTF8.GetBytes(text.Value);
            return MeasureAsync(run, text.Value, () => schema.IsValid(Root(bytes)));
        }, $"schema.njsonschema.parse.{name}");
    }

    private static async Task<Measured> MeasureAsync(BenchmarkRun run, string text, Func<bool> isValid)
    {
        var measured = await ClosedLoop.RunAsync(
            1, run.Seconds,
            _ => isValid() ? Task.CompletedTask : throw new InvalidOperationException("A valid instance was found invalid."),
            warmUpSeconds: WarmUpSeconds);
        return measured with { Note = string.Create(CultureInfo.InvariantCulture, $"{measured.Value * text.Length / 1e6:N1} MB/s") };
    }

    private static JsonSchema Ours(string kind)
    {
        var compiled = JsonSchema.Compile(Encoding.UTF8.GetBytes(Resource(kind)), kind + ".json", new SchemaRegistry(), new SchemaOptions { AssertFormats = true });
        return compiled.Value ?? throw new InvalidOperationException($"The schema {kind} is faulty: {compiled.Findings[0]}");
    }

    /// <summary>It follows references to definitions, the name of draft 7, and to no $defs.</summary>
    private static Task<Theirs> TheirsAsync(string kind) => Theirs.FromJsonAsync(Resource(kind).Replace("$defs", "definitions", StringComparison.Ordinal));

    private static DocumentNode Root(byte[] bytes) => ArtifactParser.Parse(bytes, "instance.json").Root!;

    private static JToken Token(string text)
    {
        // Text stays text, as in NJsonSchema itself.
        using var reader = new JsonTextReader(new StringReader(text)) { DateParseHandling = DateParseHandling.None };
        return JToken.ReadFrom(reader);
    }

    private static string Resource(string kind)
    {
        using var stream = typeof(SchemaBenchmarks).Assembly.GetManifestResourceStream($"benchmark/{kind}")
            ?? throw new InvalidOperationException($"There is no schema {kind}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
