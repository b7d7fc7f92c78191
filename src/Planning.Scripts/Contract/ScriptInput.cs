using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Planning.Artifacts.Documents;
using Planning.Domain;
using Planning.Domain.Plans;
using Planning.Domain.Rulebooks;
using Planning.Engine.Gates;
using Planning.Engine.Rulebooks;

namespace Planning.Scripts.Contract;

/// <summary>What a script is given to read, as <c>schemas/validator/v1/input.json</c> describes it.</summary>
internal static class ScriptInput
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="at">Left out for a script whose findings are kept: they must not depend on it.</param>
    /// <exception cref="ValidatorFailedException">It would have more bytes than the limit.</exception>
    public static ReadOnlyMemory<byte> Write(GateInput input, ValidatorDefinition definition, DateTimeOffset? at, int maxBytes)
    {
        var content = input.Artifacts.Sum(a => (long)a.Content.Bytes.Length);
        if (content > maxBytes)
            throw TooLarge(content, maxBytes);
        using var bytes = new MemoryStream((int)content + 4096);
        using (var json = new Utf8JsonWriter(bytes, Readable))
        {
            json.WriteStartObject();
            json.WriteNumber("version", 1);
            json.WriteString("validator", definition.Name);
            if (at is { } now)
                json.WriteString("at", now.ToUniversalTime());
            json.WritePropertyName("plan");
            WritePlan(json, input.Plan);
            json.WriteStartArray("artifacts");
            foreach (var artifact in input.Artifacts)
                WriteArtifact(json, artifact);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return bytes.Length <= maxBytes ? bytes.GetBuffer().AsMemory(0, (int)bytes.Length) : throw TooLarge(bytes.Length, maxBytes);
    }

    /// <summary>The part of the input that no artifact's hash stands for.</summary>
    public static string PlanText(Plan plan)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Readable))
            WritePlan(json, plan);
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private static void WritePlan(Utf8JsonWriter json, Plan plan)
    {
        json.WriteStartObject();
        json.WriteString("id", plan.Id.Value);
        json.WriteString("title", plan.Title);
        if (plan.Description is { } description)
            json.WriteString("description", description);
        json.WriteString("stream", plan.Stream);
        json.WriteString("status", Lifecycle.Wire(plan.Status));
        json.WriteNumber("priority", plan.Priority);
        json.WriteStartObject("tags");
        foreach (var (tag, value) in plan.Tags)
            json.WriteString(tag, value);
        json.WriteEndObject();
        if (plan.Window is { } window)
        {
            json.WriteStartObject("window");
            json.WriteString("start", $"{window.Start:yyyy-MM-dd}");
            json.WriteString("end", $"{window.End:yyyy-MM-dd}");
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void WriteArtifact(Utf8JsonWriter json, GateArtifact artifact)
    {
        json.WriteStartObject();
        json.WriteString("name", artifact.Name);
        json.WriteString("kind", Snake.Case(artifact.Kind.ToString()));
        json.WriteString("hash", artifact.Hash.Value);
        json.WriteBoolean("evidence", artifact.Evidence);
        if (TextOf(artifact) is { } text)
            json.WriteString("text", text);
        else
            json.WriteBase64String("base64", artifact.Content.Bytes.Span);
        // Scripts need no YAML library of their own. What cannot be read is the business of json_schema.
        if (artifact.Parsed is { Ok: true, Root: { } root })
        {
            json.WritePropertyName("data");
            NodeJson.Write(root, json);
        }
        json.WriteEndObject();
    }

    private static string? TextOf(GateArtifact artifact)
    {
        try
        {
            return Strict.GetString(artifact.Content.Bytes.Span);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static ValidatorFailedException TooLarge(long bytes, int maxBytes) => new(
        $"The script would be given {bytes} bytes or more to read; max_input_bytes is {maxBytes}. Make the artifacts smaller, or raise the limit.");
}
