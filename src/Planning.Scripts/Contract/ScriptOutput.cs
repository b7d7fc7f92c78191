using System.Diagnostics;
using Planning.Artifacts;
using Planning.Artifacts.Documents;
using Planning.Artifacts.Schema;
using Planning.Engine.Gates;

namespace Planning.Scripts.Contract;

/// <summary>
/// Reads what a script has written, as <c>schemas/validator/v1/output.json</c> describes it. All of it is taken or none: who
/// names a place that is not there has judged something else.
/// </summary>
internal static class ScriptOutput
{
    private const string Name = "output.json";

    private static readonly JsonSchema Schema = Load();

    /// <param name="validator">The validator's name in gates.yaml; rules get it as their prefix.</param>
    /// <param name="maxBytes">Of the output; it has been held to it already.</param>
    /// <exception cref="ValidatorFailedException">It is no answer to the question; the message says what is wrong first, and where.</exception>
    public static IReadOnlyList<Finding> Read(ReadOnlyMemory<byte> output, string validator, GateInput input, int maxBytes)
    {
        var parsed = ArtifactParser.Parse(output, Name, ArtifactLimits.Default with { MaxBytes = maxBytes });
        if (parsed.Findings.FirstOrDefault(f => f.Severity == Severity.Error) is { } unreadable)
            throw Malformed(unreadable);
        if (parsed.Root is not { } root)
            throw new ValidatorFailedException("The script has written nothing, not even that it has no findings.");
        if (Schema.Evaluate(root, Name) is [var misfit, ..])
            throw Malformed(misfit);
        var places = new Dictionary<string, ArtifactPlaces>();
        return [.. root["findings"]!.Value.Elements.Select(node => ReadFinding(node, validator, input, places))];
    }

    private static Finding ReadFinding(DocumentNode node, string validator, GateInput input, Dictionary<string, ArtifactPlaces> places)
    {
        var file = node["file"]!.Value.AsString!;
        if (!places.TryGetValue(file, out var artifact))
            places[file] = artifact = new ArtifactPlaces(input.Find(file) ?? throw Elsewhere(node, $"the plan has no artifact {file}"));
        var pointer = node["pointer"]?.AsString ?? "";
        if (artifact.Find(pointer) is not { } place)
            throw Elsewhere(node, $"nothing in {file} is at the pointer {pointer}");
        if (node["line"] is { } line)
        {
            place = (Number(line), node["column"] is { } column ? Number(column) : 1);
            if (!artifact.Has(place.Line, place.Column))
                throw Elsewhere(node, $"{file} has no line {place.Line} with a column {place.Column}");
        }
        return new Finding(
            file, place.Line, place.Column, pointer, $"script.{validator}.{node["rule"]!.Value.AsString}", SeverityOf(node["severity"]!.Value.AsString!),
            node["message"]!.Value.AsString!, node["advice"]!.Value.AsString!) { MessageKey = node["key"]?.AsString };
    }

    private static int Number(DocumentNode node) => (int)Math.Min(node.AsInt64 ?? int.MaxValue, int.MaxValue);

    private static Severity SeverityOf(string word) => word switch
    {
        "error" => Severity.Error,
        "warning" => Severity.Warning,
        "info" => Severity.Info,
        _ => throw new UnreachableException(word),
    };

    private static ValidatorFailedException Malformed(Finding f) => new(
        $"The script's output is not what docs/script-validators.md asks for: line {f.Line}, column {f.Column}{(f.Pointer.Length > 0 ? $" ({f.Pointer})" : "")}: {f.Message}");

    private static ValidatorFailedException Elsewhere(DocumentNode node, string why) => new(
        $"The script's finding {node.Pointer} points to what is not there: {why}. None of its findings is taken.");

    private static JsonSchema Load()
    {
        using var stream = typeof(ScriptOutput).Assembly.GetManifestResourceStream("validator/v1/output.json")!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return JsonSchema.Compile(bytes.ToArray(), Name, new SchemaRegistry()).Value ?? throw new UnreachableException("The shipped schema is faulty.");
    }
}
