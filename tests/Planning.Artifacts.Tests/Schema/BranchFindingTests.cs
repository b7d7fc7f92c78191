using Planning.Artifacts.Schema;
using static Planning.Artifacts.Tests.Support.Parsing;

namespace Planning.Artifacts.Tests.Schema;

/// <summary>What is said where no alternative of anyOf or oneOf fits.</summary>
public sealed class BranchFindingTests
{
    private const string Payments = """
        {"oneOf": [
          {"properties": {"kind": {"const": "card"}, "number": {"type": "string"}, "expiry": {"type": "string"}}, "required": ["kind", "number", "expiry"]},
          {"properties": {"kind": {"const": "cash"}, "till": {"type": "integer"}}, "required": ["kind", "till"]},
          {"properties": {"kind": {"enum": ["bank", "wire"]}, "account": {"type": "string"}}, "required": ["kind", "account"]}]}
        """;

    [Theory]
    [InlineData("kind: card\nnumber: 17\nexpiry: soon\n", "schema.type 2:9 This is integer, but should be string. (Judged by the closest of 3 alternatives.)")]
    [InlineData("kind: cash\n", "schema.required 1:1 'till' is missing. (Judged by the closest of 3 alternatives.)")]
    [InlineData("kind: wire\ntill: 1\n", "schema.required 1:1 'account' is missing. (Judged by the closest of 3 alternatives.)")]
    [InlineData("kind: gold\ntill: 1\n", "schema.oneOf 1:7 'gold' is not one of 'card', 'cash', 'bank', 'wire'.")]
    [InlineData("till: many\n", "schema.required 1:1 'kind' is missing.")]
    public void The_marker_of_a_form_chooses_the_branch_that_speaks(string instance, params string[] expected) =>
        Assert.Equal(expected, Said(Payments, instance));

    [Theory]
    [InlineData("""{"anyOf": [{"type": "string"}, {"type": "array", "minItems": 1}]}""", "1\n", "schema.anyOf 1:1 This is integer, but should be string or array.")]
    [InlineData("""{"anyOf": [{"anyOf": [{"type": "string"}, {"type": "null"}]}, {"type": "array"}]}""", "{a: 1}\n", "schema.anyOf 1:1 This is object, but should be string, null or array.")]
    [InlineData("""{"anyOf": [{"const": "auto"}, {"enum": ["never", "always"]}]}""", "often\n", "schema.anyOf 1:1 'often' is not one of 'auto', 'never', 'always'.")]
    [InlineData("""{"anyOf": [{"const": "auto"}, {"type": "integer"}]}""", "often\n", "schema.anyOf 1:1 This is string, but should be 'auto' or integer.")]
    [InlineData("""{"type": ["integer", "null"]}""", "often\n", "schema.type 1:1 This is string, but should be integer or null.")]
    [InlineData("""{"anyOf": [false, false]}""", "1\n", "schema.anyOf 1:1 Nothing is allowed here.")]
    public void A_wrong_form_is_told_which_forms_are_allowed(string schema, string instance, string expected) =>
        Assert.Equal([expected], Said(schema, instance));

    [Theory]
    [InlineData("- {uses: 1}\n", "schema.type 1:10 This is integer, but should be string. (Judged by the closest of 2 alternatives.)")]
    [InlineData("- 3\n", "schema.anyOf 1:3 This is integer, but should be string or object.")]
    public void The_right_form_speaks_where_others_are_of_another(string instance, string expected) => Assert.Equal(
        [expected],
        Said("""{"items": {"anyOf": [{"type": "string"}, {"type": "object", "properties": {"uses": {"type": "string"}}}]}}""", instance));

    [Fact]
    public void A_nested_choice_gives_the_innermost_reason_alone() => Assert.Equal(
        ["schema.type 1:18 This is string, but should be integer. (Judged by the closest of 2 alternatives.) (Judged by the closest of 2 alternatives.)"],
        Said(
            """
            {"anyOf": [{"type": "string"}, {"type": "object", "properties": {"when": {"oneOf": [
              {"type": "string"}, {"type": "object", "properties": {"hour": {"type": "integer"}}}]}}}]}
            """,
            "{when: {   hour: noon}}\n"));

    [Fact]
    public void A_branch_with_many_faults_names_the_first_three()
    {
        var names = string.Join(", ", Enumerable.Range(0, 9).Select(i => $"\"a{i}\""));
        var said = Said($$"""{"anyOf": [{"type": "string"}, {"type": "object", "required": [{{names}}]}]}""", "b: 1\n");
        Assert.Equal(3, said.Length);
    }

    [Theory]
    [InlineData("""{"anyOf": [{"$ref": "#"}, {"$ref": "#"}]}""")]
    [InlineData("""{"not": {"$ref": "#"}}""")]
    [InlineData("""{"if": {"$ref": "#/$defs/a"}, "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}}""")]
    public void A_schema_that_leads_to_itself_gives_one_finding_and_nothing_passes(string schema)
    {
        var compiled = Compile(schema, SchemaOptions.Default);
        Assert.False(compiled.IsValid(Yaml("a: 1\n").Root!.Value));
        var finding = Assert.Single(compiled.Evaluate(Yaml("a: 1\n").Root!.Value, "a.yaml"));
        Assert.Equal("schema.recursion", finding.Rule);
    }

    [Fact]
    public void Alternatives_that_multiply_are_given_up_at_the_limit_of_steps()
    {
        // Each level is judged twice for each judgement of the level above.
        var schema = Compile("""{"items": {"anyOf": [{"$ref": "#"}, {"$ref": "#"}]}, "not": {"const": 1}}""", new SchemaOptions { MaxSteps = 10_000 });
        var deep = new string('[', 40) + "1" + new string(']', 40);
        Assert.False(schema.IsValid(Json(deep).Root!.Value));
        Assert.Equal(["schema.max_steps"], schema.Evaluate(Json(deep).Root!.Value, "a.json").Select(finding => finding.Rule));
        Assert.True(schema.IsValid(Json(deep.Replace('1', '2')).Root!.Value));
    }

    [Theory]
    [InlineData("""{"pattern": "^(a+)+$"}""", "schema.pattern 1:1")]
    [InlineData("""{"anyOf": [{"pattern": "^(a+)+$"}]}""", "schema.pattern 1:1")]
    public void A_pattern_that_takes_too_long_is_a_finding(string schema, string expected)
    {
        var compiled = Compile(schema, new SchemaOptions { PatternTimeout = TimeSpan.FromMilliseconds(20) });
        var finding = Assert.Single(compiled.Evaluate(Yaml(new string('a', 40) + "!\n").Root!.Value, "a.yaml"));
        Assert.Equal([expected], Places([finding]));
        Assert.Contains("took too long", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_pattern_that_takes_too_long_lets_no_key_pass()
    {
        var compiled = Compile("""{"patternProperties": {"^(a+)+$": true}}""", new SchemaOptions { PatternTimeout = TimeSpan.FromMilliseconds(20) });
        var instance = Yaml($"{new string('a', 40)}!: 1\n").Root!.Value;
        Assert.False(compiled.IsValid(instance));
        Assert.Equal(["schema.patternProperties 1:1"], Places(compiled.Evaluate(instance, "a.yaml")));
    }

    [Fact]
    public void Options_are_checked()
    {
        var root = Json("true").Root!.Value;
        Assert.Throws<ArgumentOutOfRangeException>(() => JsonSchema.Compile(root, "s.json", new SchemaRegistry(), new SchemaOptions { MaxSteps = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => JsonSchema.Compile(root, "s.json", new SchemaRegistry(), new SchemaOptions { PatternTimeout = TimeSpan.Zero }));
    }

    private static string[] Said(string schema, string instance) =>
        [.. Compile(schema, SchemaOptions.Default).Evaluate(Yaml(instance).Root!.Value, "a.yaml").Select(f => $"{f.Rule} {f.Line}:{f.Column} {f.Message}")];

    private static JsonSchema Compile(string schema, SchemaOptions options)
    {
        var compiled = JsonSchema.Compile(Json(schema).Root!.Value, "s.json", new SchemaRegistry(), options);
        Assert.Empty(compiled.Findings);
        return compiled.Value!;
    }
}
