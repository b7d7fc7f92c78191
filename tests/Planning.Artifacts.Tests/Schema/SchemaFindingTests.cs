using Planning.Artifacts.Documents;
using Planning.Artifacts.Schema;
using static Planning.Artifacts.Tests.Support.Parsing;

namespace Planning.Artifacts.Tests.Schema;

public sealed class SchemaFindingTests
{
    [Theory]
    [InlineData("""{"properties": {"a": {"type": "string"}}}""", "a: 1\n", "schema.type 1:4")]
    [InlineData("""{"properties": {"a": {"enum": ["x", "y"]}}}""", "a: z\n", "schema.enum 1:4")]
    [InlineData("""{"properties": {"a": {"const": 1}}}""", "a: 2\n", "schema.const 1:4")]
    [InlineData("""{"required": ["b", "c"]}""", "a: 1\n", "schema.required 1:1", "schema.required 1:1")]
    [InlineData("""{"properties": {"abcd": true}, "additionalProperties": false}""", "abcd: 1\nabdc: 1\n", "schema.additionalProperties 2:1")]
    [InlineData("""{"properties": {"a": false}}""", "b: 1\na: 1\n", "schema.false 2:4")]
    [InlineData("""{"patternProperties": {"^x": {"minimum": 5}}}""", "x1: 4\n", "schema.minimum 1:5")]
    [InlineData("""{"additionalProperties": {"maximum": 5}}""", "x1: 6\n", "schema.maximum 1:5")]
    [InlineData("""{"additionalProperties": {"exclusiveMinimum": 5}}""", "x1: 5\n", "schema.exclusiveMinimum 1:5")]
    [InlineData("""{"additionalProperties": {"exclusiveMaximum": 5}}""", "x1: 5.0\n", "schema.exclusiveMaximum 1:5")]
    [InlineData("""{"additionalProperties": {"multipleOf": 0.1}}""", "x1: 0.35\n", "schema.multipleOf 1:5")]
    [InlineData("""{"additionalProperties": {"minLength": 2}}""", "x1: 😀\n", "schema.minLength 1:5")]
    [InlineData("""{"additionalProperties": {"maxLength": 2}}""", "x1: abc\n", "schema.maxLength 1:5")]
    [InlineData("""{"additionalProperties": {"pattern": "^a$"}}""", "x1: \"a\\n\"\n", "schema.pattern 1:5")]
    [InlineData("""{"propertyNames": {"maxLength": 2}}""", "ab: 1\nabc: 1\n", "schema.propertyNames 2:1")]
    [InlineData("""{"minProperties": 2}""", "ab: 1\n", "schema.minProperties 1:1")]
    [InlineData("""{"maxProperties": 0}""", "ab: 1\n", "schema.maxProperties 1:1")]
    [InlineData("""{"dependentRequired": {"a": ["b"]}}""", "a: 1\n", "schema.dependentRequired 1:1")]
    [InlineData("""{"dependentSchemas": {"a": {"maxProperties": 1}}}""", "a: 1\nb: 1\n", "schema.maxProperties 1:1")]
    [InlineData("""{"items": {"type": "integer"}}""", "- 1\n- 1.0\n- 1.5\n", "schema.type 3:3")]
    [InlineData("""{"prefixItems": [true, {"type": "null"}]}""", "- 1\n- 2\n", "schema.type 2:3")]
    [InlineData("""{"contains": {"const": 1}}""", "- 2\n", "schema.contains 1:1")]
    [InlineData("""{"contains": {"const": 1}, "maxContains": 1}""", "- 1\n- 1\n", "schema.contains 1:1")]
    [InlineData("""{"minItems": 2}""", "- 2\n", "schema.minItems 1:1")]
    [InlineData("""{"maxItems": 1}""", "- 2\n- 2\n", "schema.maxItems 1:1")]
    [InlineData("""{"uniqueItems": true}""", "- {a: 1, b: 2}\n- {b: 2.0, a: 1}\n", "schema.uniqueItems 2:3")]
    [InlineData("""{"allOf": [{"required": ["b"]}]}""", "a: 1\n", "schema.required 1:1")]
    [InlineData("""{"not": {"required": ["a"]}}""", "a: 1\n", "schema.not 1:1")]
    [InlineData("""{"if": {"required": ["a"]}, "then": {"required": ["b"]}}""", "a: 1\n", "schema.required 1:1")]
    [InlineData("""{"if": {"required": ["a"]}, "else": {"required": ["b"]}}""", "c: 1\n", "schema.required 1:1")]
    [InlineData("""{"oneOf": [{"required": ["a"]}, {"required": ["b"]}]}""", "a: 1\nb: 1\n", "schema.oneOf 1:1")]
    [InlineData("""{"properties": {"a": {"anyOf": [{"type": "string"}, {"type": "array"}]}}}""", "a: 1\n", "schema.anyOf 1:4")]
    [InlineData("""{"allOf": [{"properties": {"a": true}}], "unevaluatedProperties": false}""", "a: 1\nb: 1\n", "schema.unevaluatedProperties 2:1")]
    [InlineData("""{"prefixItems": [true], "unevaluatedItems": false}""", "- 1\n- 2\n", "schema.unevaluatedItems 2:3")]
    [InlineData("""{"$ref": "#"}""", "a: 1\n", "schema.recursion 1:1")]
    [InlineData("""{"properties": {"a": {"format": "date"}}}""", "a: 2023-02-29\n", "schema.format 1:4")]
    public void A_broken_keyword_is_found_at_its_line_and_column(string schema, string instance, params string[] expected)
    {
        var compiled = Compile(schema, new SchemaOptions { AssertFormats = true });
        Assert.Empty(compiled.Findings);
        var findings = compiled.Value!.Evaluate(Yaml(instance).Root!.Value, "a.yaml");
        Assert.Equal(expected, Places(findings));
        Assert.All(findings, finding => Assert.NotNull(finding.SchemaLocation));
    }

    [Fact]
    public void A_finding_names_instance_and_schema_location()
    {
        var findings = Compile("""{"properties": {"tasks": {"items": {"$ref": "#/$defs/task"}}}, "$defs": {"task": {"required": ["id"]}}}""").Value!
            .Evaluate(Yaml("tasks:\n  - {id: 1}\n  - {x: 1}\n").Root!.Value, "be_backlog.yaml");
        var finding = Assert.Single(findings);
        Assert.Equal(("/tasks/1", "schema.required", 3, 5), (finding.Pointer, finding.Rule, finding.Line, finding.Column));
        Assert.EndsWith("#/$defs/task/required", finding.SchemaLocation, StringComparison.Ordinal);
        Assert.Equal("'id' is missing.", finding.Message);
    }

    [Fact]
    public void The_branch_that_came_closest_speaks_alone()
    {
        const string schema = """
            {"oneOf": [
              {"properties": {"kind": {"const": "card"}, "number": {"type": "string"}, "expiry": {"type": "string"}}, "required": ["kind", "number", "expiry"]},
              {"properties": {"kind": {"const": "cash"}, "till": {"type": "integer"}}, "required": ["kind", "till"]}]}
            """;
        var findings = Compile(schema).Value!.Evaluate(Yaml("kind: card\nnumber: 17\nexpiry: soon\n").Root!.Value, "a.yaml");
        Assert.Equal(["schema.type 2:9"], Places(findings));
    }

    [Fact]
    public void A_misspelt_field_gets_the_name_that_was_meant() =>
        Assert.Equal(
            "Did you mean 'effort_points'?",
            Compile("""{"properties": {"effort_points": true}, "additionalProperties": false}""").Value!
                .Evaluate(Yaml("efort_points: 1\n").Root!.Value, "a.yaml")[0].Advice);

    [Theory]
    [InlineData("""{"requird": ["a"]}""", "schema.unknown_keyword 1:2", "/requird")]
    [InlineData("""{"properties": {"a": {"typ": 1}}}""", "schema.unknown_keyword 1:23", "/properties/a/typ")]
    [InlineData("""{"$defs": {"never_used": {"typ": 1}}}""", "schema.unknown_keyword 1:27", "/$defs/never_used/typ")]
    [InlineData("""{"type": "strin"}""", "schema.keyword_value 1:10", "/type")]
    [InlineData("""{"minimum": "1"}""", "schema.keyword_value 1:13", "/minimum")]
    [InlineData("""{"pattern": "("}""", "schema.keyword_value 1:13", "/pattern")]
    [InlineData("""{"patternProperties": {"(": true}}""", "schema.keyword_value 1:24", "/patternProperties/(")]
    [InlineData("""{"anyOf": []}""", "schema.keyword_value 1:11", "/anyOf")]
    [InlineData("""{"properties": {"a": 3}}""", "schema.not_a_schema 1:22", "/properties/a")]
    [InlineData("""{"$ref": "https://planning.example/other.json"}""", "schema.unresolved_reference 1:10", "/$ref")]
    [InlineData("""{"$ref": "#/$defs/none"}""", "schema.unresolved_reference 1:10", "/$ref")]
    [InlineData("""{"$ref": 3}""", "schema.keyword_value 1:10", "/$ref")]
    [InlineData("""{"$schema": "http://json-schema.org/draft-04/schema#"}""", "schema.unknown_dialect 1:13", "/$schema")]
    [InlineData("""{"$schema": 7}""", "schema.unknown_dialect 1:13", "/$schema")]
    [InlineData("""{"additionalItems": false}""", "schema.unknown_keyword 1:2", "/additionalItems")]
    [InlineData("""{"$schema": "http://json-schema.org/draft-07/schema#", "$defs": {}}""", "schema.unknown_keyword 1:56", "/$defs")]
    [InlineData("""{"$schema": "http://json-schema.org/draft-07/schema#", "items": []}""", "schema.keyword_value 1:65", "/items")]
    [InlineData("""{"$schema": "http://json-schema.org/draft-07/schema#", "$ref": "#/definitions/a", "definitions": {"a": {"typ": 1}}}""", "schema.unknown_keyword 1:105", "/definitions/a/typ")]
    public void A_schema_with_a_fault_does_not_compile(string schema, string expected, string pointer)
    {
        var compiled = Compile(schema);
        Assert.Null(compiled.Value);
        Assert.Equal([expected], Places(compiled.Findings));
        Assert.Equal(pointer, compiled.Findings[0].Pointer);
    }

    [Fact]
    public void A_pattern_that_runs_away_is_stopped_and_fails()
    {
        var options = new SchemaOptions { PatternTimeout = TimeSpan.FromMilliseconds(20) };
        var schema = Compile("""{"items": {"pattern": "^(a+)+$"}}""", options).Value!;
        var evil = $"- {new string('a', 40)}!\n";
        var findings = schema.Evaluate(Yaml(evil + evil).Root!.Value, "a.yaml");
        Assert.Equal(["schema.pattern 1:3", "schema.pattern 2:3"], Places(findings));
        Assert.Contains("took too long", findings[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void References_lead_to_registered_schemas_and_several_versions_live_side_by_side()
    {
        var registry = new SchemaRegistry();
        registry.Add("https://planning.example/schemas/artifacts/x/v1.json", Json("""{"type": "string"}""").Root!.Value);
        registry.Add("https://planning.example/schemas/artifacts/x/v2.json", Json("""{"$anchor": "top", "type": "integer"}""").Root!.Value);
        var schema = JsonSchema.Compile(
            Json("""{"$id": "https://planning.example/schemas/artifacts/y/v1.json", "properties": {"a": {"$ref": "../x/v1.json"}, "b": {"$ref": "../x/v2.json#top"}}}""").Root!.Value,
            "s.json", registry).Value!;
        Assert.True(schema.IsValid(Yaml("a: x\nb: 1\n").Root!.Value));
        Assert.Equal(["schema.type 1:4", "schema.type 2:4"], Places(schema.Evaluate(Yaml("a: 1\nb: x\n").Root!.Value, "a.yaml")));
    }

    [Fact]
    public void A_thousand_faults_are_cut_at_the_limit()
    {
        var schema = Compile("""{"items": {"type": "null"}}""", new SchemaOptions { MaxFindings = 2 }).Value!;
        var findings = schema.Evaluate(Yaml(string.Concat(Enumerable.Repeat("- 1\n", 1_000))).Root!.Value, "a.yaml");
        Assert.Equal(["schema.type 1:3", "schema.type 2:3", "limit.max_findings 3:3"], Places(findings));
    }

    private static ReadResult<JsonSchema> Compile(string schema, SchemaOptions? options = null) =>
        JsonSchema.Compile(Json(schema).Root!.Value, "s.json", new SchemaRegistry(), options);
}
