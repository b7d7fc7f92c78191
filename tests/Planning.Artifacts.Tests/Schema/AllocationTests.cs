using System.Text;
using Planning.Artifacts.Documents;
using Planning.Artifacts.Schema;
using Planning.Artifacts.Tests.Support;

namespace Planning.Artifacts.Tests.Schema;

public sealed class AllocationTests
{
    /// <summary>What an evaluation needs for itself.</summary>
    private const long MaxBytes = 1_000;

    private const int MaxRounds = 500;

    [Fact]
    public void Judging_a_valid_backlog_takes_no_memory_for_its_nodes()
    {
        var file = File.ReadAllBytes(Path.Combine(Folders.Repository, "schemas", "artifacts", "be_backlog.v1.json"));
        AssertNoMemoryForNodes(JsonSchema.Compile(file, "be_backlog.v1.json", new SchemaRegistry()).Value!, Backlog);
    }

    /// <summary>What the backlog's schema does not use.</summary>
    [Fact]
    public void Alternatives_names_leftovers_and_large_sets_take_no_memory_for_their_nodes()
    {
        const string schema = """
            {"type": "object", "propertyNames": {"maxLength": 20}, "properties": {"tasks": {"uniqueItems": true, "contains": {"required": ["id"]}, "items": {
              "oneOf": [{"properties": {"priority": {"const": "none"}}, "required": ["priority", "gone"]}, {"properties": {"id": true}, "required": ["id"]}],
              "if": {"required": ["id"]}, "then": {"properties": {"effort_points": {"multipleOf": 0.5}}},
              "patternProperties": {"^[a-z]": true}, "unevaluatedProperties": false}}}}
            """;
        AssertNoMemoryForNodes(JsonSchema.Compile(Encoding.UTF8.GetBytes(schema), "s.json", new SchemaRegistry()).Value!, Backlog);
    }

    private static void AssertNoMemoryForNodes(JsonSchema schema, Func<int, string> text)
    {
        Assert.InRange(Allocated(schema, text(1_000)), 0, MaxBytes);
        Assert.InRange(Allocated(schema, text(100_000)), 0, MaxBytes);
    }

    private static long Allocated(JsonSchema schema, string text)
    {
        var instance = ArtifactParser.Parse(Encoding.UTF8.GetBytes(text), "be_backlog.json").Root!.Value;
        Assert.Empty(schema.Evaluate(instance, "be_backlog.json"));
        // The first rounds fill the pools, and compile the patterns.
        var least = long.MaxValue;
        for (var round = 0; round < MaxRounds && least > MaxBytes; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Assert.True(schema.IsValid(instance));
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        return least;
    }

    private static string Backlog(int bytes)
    {
        var text = new StringBuilder("""{"version": "1.0.0", "generated_at": "2026-01-05T08:00:00Z", "tasks": [""");
        for (var i = 0; text.Length < bytes; i++)
        {
            text.Append(i == 0 ? "" : ",").Append(
                $$"""
                {"id": "TASK-{{i}}", "title": "Move part {{i}}", "description": "The old readers work until it is done.", "effort_points": {{i % 13}}.5,
                 "priority": "P{{i % 5}}", "dependencies": [{{(i > 1 ? $"\"TASK-{i - 1}\", \"TASK-{i - 2}\"" : "")}}], "start": "2026-01-05", "end": "2026-02-06"}
                """);
        }
        return text.Append("]}").ToString();
    }
}
