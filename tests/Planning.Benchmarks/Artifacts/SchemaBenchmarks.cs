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
/// assert formats; NJsonSchema passes over what it does not know, which is dependentRequired of the backlog. That both refuse a
/// faulty instance, and that this one keyword is what it passes over, is looked at before anything is measured.
/// </summary>
internal static class SchemaBenchmarks
{
    private const double WarmUpSeconds = 1;

    private static readonly (string Kind, Func<int, string> Make, (string Right, string Wrong)[] Faults)[] Kinds =
    [
        ("be_backlog.v1", SampleArtifacts.Backlog, [("\"todo\"", "\"lost\""), ("2026-01-01", "2026-02-31"), ("\"title\"", "\"titel\""), ("\"effort_points\": 1.5", "\"effort_points\": -1")]),
        ("workflow", SampleArtifacts.Workflow, [("\"timeout_minutes\": 10", "\"timeout_minutes\": \"ten\""), ("\"fail_fast\": false", "\"fail_fast\": 3"), ("\"linux\"", "4")]),
        ("manifest", SampleArtifacts.Manifest, [("\"size_bytes\": 40000", "\"size_bytes\": -1"), ("T08:00:00Z", "T25:00:00Z"), ("\"name\": \"Bo\"", "\"name\": 2")]),
    ];

    private static readonly (string Name, int Bytes)[] Sizes = [("1kb", 1_000), ("100kb", 100_000), ("1mb", 1_000_000)];

    public static IReadOnlyList<Benchmark> All { get; } =
    [
        .. from kind in Kinds
           from size in Sizes
           from benchmark in Of(kind.Kind, size.Name, new Lazy<string>(() => kind.Make(size.Bytes)), kind.Faults)
           select benchmark,
    ];

    private static IEnumerable<Benchmark> Of(string kind, string size, Lazy<string> text, (string Right, string Wrong)[] faults)
    {
        var name = $"{kind.Split('.')[0]}.{size}";
        yield return new($"schema.njsonschema.{name}", async run =>
        {
            var schema = await TheirsAsync(kind);
            await AgreeAsync(schema, Ours(kind), text.Value, faults);
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

    private static async Task AgreeAsync(Theirs theirs, JsonSchema ours, string text, (string Right, string Wrong)[] faults)
    {
        foreach (var (right, wrong) in faults)
        {
            var at = text.IndexOf(right, StringComparison.Ordinal);
            var faulty = at < 0 ? throw new InvalidOperationException($"The instance has no {right}.") : string.Concat(text.AsSpan(0, at), wrong, text.AsSpan(at + right.Length));
            if (ours.IsValid(Root(Encoding.UTF8.GetBytes(faulty))) || theirs.Validate(Token(faulty)).Count == 0)
                throw new InvalidOperationException($"{wrong} instead of {right} is not refused by both.");
        }
        var passedOver = await Theirs.FromJsonAsync("""{"dependentRequired": {"end": ["start"]}}""");
        if (passedOver.Validate(Token("""{"end": 1}""")).Count > 0)
            throw new InvalidOperationException("NJsonSchema knows dependentRequired after all.");
    }

    private static JsonSchema Ours(string kind)
    {
        var compiled = JsonSchema.Compile(Encoding.UTF8.GetBytes(Resource(kind)), kind + ".json", new SchemaRegistry(), new SchemaOptions { AssertFormats = true });
        return compiled.Value ?? throw new InvalidOperationException($"The schema {kind} is faulty: {compiled.Findings[0]}");
    }

    /// <summary>It follows references to definitions, the name of draft 7, and to no $defs.</summary>
    private static Task<Theirs> TheirsAsync(string kind) => Theirs.FromJsonAsync(Resource(kind).Replace("$defs", "definitions", StringComparison.Ordinal));

    private static DocumentNode Root(byte[] bytes) => ArtifactParser.Parse(bytes, "instance.json").Root!.Value;

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
