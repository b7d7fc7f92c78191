using Planning.Artifacts.Documents;
using Planning.Artifacts.Schema;
using static Planning.Artifacts.Tests.Support.Parsing;

namespace Planning.Artifacts.Tests.Schema;

public sealed class DraftTests
{
    private const string Pair = """{"items": [{"type": "integer"}, {"type": "string"}], "additionalItems": false}""";

    [Theory]
    [InlineData("http://json-schema.org/draft-07/schema#")]
    [InlineData("http://json-schema.org/draft-07/schema")]
    public void A_schema_that_names_draft_7_is_read_as_draft_7(string name) =>
        JudgesPairs(Naming(name), new SchemaRegistry());

    [Fact]
    public void A_schema_that_names_no_draft_is_of_the_registrys_default()
    {
        JudgesPairs(Pair, new SchemaRegistry { DefaultDraft = SchemaDraft.Draft7 });
        Assert.Null(JsonSchema.Compile(Json(Pair).Root!.Value, "s.json", new SchemaRegistry()).Value);
    }

    [Fact]
    public void A_reference_is_judged_by_the_draft_of_the_schema_that_it_leads_to()
    {
        var registry = new SchemaRegistry();
        registry.Add("https://planning.example/old.json", Json(Naming("http://json-schema.org/draft-07/schema#")).Root!.Value);
        JudgesPairs("""{"$ref": "https://planning.example/old.json"}""", registry);
    }

    [Fact]
    public void A_part_with_an_id_and_a_draft_of_its_own_is_of_that_draft() => JudgesPairs(
        """
        {"$ref": "#/$defs/pair", "$defs": {"pair": {
          "$schema": "http://json-schema.org/draft-07/schema#", "$id": "https://planning.example/pair.json",
          "items": [{"type": "integer"}, {"$ref": "#text"}], "additionalItems": false, "definitions": {"text": {"$id": "#text", "type": "string"}}}}}
        """,
        new SchemaRegistry());

    [Fact]
    public void A_meta_schema_of_ones_own_is_of_the_draft_that_it_is_written_in()
    {
        var registry = new SchemaRegistry();
        registry.Add(
            "https://planning.example/meta.json",
            Json("""{"$schema": "http://json-schema.org/draft-07/schema#", "$ref": "http://json-schema.org/draft-07/schema#"}""").Root!.Value);
        JudgesPairs(Naming("https://planning.example/meta.json"), registry);
    }

    [Theory]
    [InlineData("http://json-schema.org/draft-07/schema#", """{"type": "strin"}""")]
    [InlineData("http://json-schema.org/draft-07/schema#", """{"properties": {"a": {"items": []}}}""")]
    [InlineData("https://json-schema.org/draft/2020-12/schema", """{"properties": {"a": {"minLength": -1}}}""")]
    public void The_meta_schema_of_each_draft_judges_schemas(string address, string faulty)
    {
        var meta = JsonSchema.Compile(Json($$"""{"$ref": "{{address}}"}""").Root!.Value, "s.json", new SchemaRegistry()).Value!;
        Assert.True(meta.IsValid(Json("""{"type": "string", "properties": {"a": {"minLength": 1}}}""").Root!.Value));
        Assert.False(meta.IsValid(Json(faulty).Root!.Value));
    }

    [Fact]
    public void A_keyword_of_another_draft_is_said_to_be_one()
    {
        var finding = Assert.Single(JsonSchema.Compile(Json("""{"additionalItems": false}""").Root!.Value, "s.json", new SchemaRegistry()).Findings);
        Assert.Equal("'additionalItems' is no keyword of JSON Schema draft 2020-12.", finding.Message);
        Assert.Equal("It belongs to draft 7; $schema says which draft holds.", finding.Advice);
    }

    private static string Naming(string dialect) => Pair.Replace("{\"items\"", $"{{\"$schema\": \"{dialect}\", \"items\"", StringComparison.Ordinal);

    private static void JudgesPairs(string schema, SchemaRegistry registry)
    {
        var compiled = JsonSchema.Compile(Json(schema).Root!.Value, "s.json", registry);
        Assert.Empty(compiled.Findings);
        Assert.True(compiled.Value!.IsValid(Json("""[1, "a"]""").Root!.Value));
        Assert.False(compiled.Value.IsValid(Json("""["a", "a"]""").Root!.Value));
        Assert.False(compiled.Value.IsValid(Json("""[1, 1]""").Root!.Value));
        Assert.False(compiled.Value.IsValid(Json("""[1, "a", 1]""").Root!.Value));
    }
}
