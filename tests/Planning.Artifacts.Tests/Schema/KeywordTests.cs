using Planning.Artifacts.Schema;
using static Planning.Artifacts.Tests.Support.Parsing;

namespace Planning.Artifacts.Tests.Schema;

/// <summary>Our own cases of every keyword, which need no shared data.</summary>
public sealed class KeywordTests
{
    private static readonly string[] Judging7 =
    [
        "type", "enum", "const", "multipleOf", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minLength", "maxLength", "pattern", "format",
        "minItems", "maxItems", "uniqueItems", "contains", "items", "additionalItems", "properties", "patternProperties", "additionalProperties",
        "propertyNames", "required", "minProperties", "maxProperties", "dependencies", "allOf", "anyOf", "oneOf", "not", "if", "then", "else",
        "$ref", "$id", "definitions",
    ];

    private static readonly string[] Describing7 =
        ["$comment", "title", "description", "default", "examples", "readOnly", "writeOnly", "contentEncoding", "contentMediaType"];

    private static readonly string[] Judging202012 =
    [
        .. Judging7.Except(["additionalItems"]), "$defs", "$anchor", "$dynamicRef", "$dynamicAnchor", "prefixItems", "minContains", "maxContains",
        "dependentRequired", "dependentSchemas", "unevaluatedProperties", "unevaluatedItems",
    ];

    private static readonly string[] Describing202012 = [.. Describing7, "$vocabulary", "deprecated", "contentSchema"];

    public static TheoryData<SchemaDraft, string> Schemas
    {
        get
        {
            var data = new TheoryData<SchemaDraft, string>();
            foreach (var draft in Enum.GetValues<SchemaDraft>())
            {
                foreach (var one in Cases(draft))
                    data.Add(draft, one.Schema);
            }
            return data;
        }
    }

    [Theory, MemberData(nameof(Schemas))]
    public void A_keyword_allows_and_refuses_what_its_draft_says(SchemaDraft draft, string schema)
    {
        var registry = new SchemaRegistry { DefaultDraft = draft };
        var compiled = JsonSchema.Compile(Json(schema).Root!.Value, "s.json", registry, new SchemaOptions { AssertFormats = true });
        Assert.Empty(compiled.Findings);
        foreach (var one in Cases(draft).Where(one => one.Schema == schema))
        {
            foreach (var instance in one.Valid.Select(text => Json(text).Root!.Value))
            {
                Assert.Empty(compiled.Value!.Evaluate(instance, "i.json"));
                Assert.True(compiled.Value.IsValid(instance));
            }
            foreach (var text in one.Invalid)
            {
                Assert.False(compiled.Value!.IsValid(Json(text).Root!.Value), $"{text} is valid.");
                Assert.NotEmpty(compiled.Value.Evaluate(Json(text).Root!.Value, "i.json"));
            }
        }
    }

    [Theory]
    [InlineData(SchemaDraft.Draft7)]
    [InlineData(SchemaDraft.Draft202012)]
    public void Every_keyword_of_a_draft_has_a_case_and_those_that_judge_one_that_refuses(SchemaDraft draft)
    {
        var (judging, describing) = draft == SchemaDraft.Draft7 ? (Judging7, Describing7) : (Judging202012, Describing202012);
        var cases = Cases(draft).ToList();
        Assert.Empty(describing.Except(cases.SelectMany(Names)));
        Assert.Empty(judging.Except(cases.Where(one => one.Invalid.Length > 0 && one.Valid.Length > 0).SelectMany(Names)));
    }

    [Theory]
    [InlineData(SchemaDraft.Draft7)]
    [InlineData(SchemaDraft.Draft202012)]
    public void A_keyword_of_the_other_draft_alone_does_not_compile(SchemaDraft draft)
    {
        string[] all7 = [.. Judging7, .. Describing7], all202012 = [.. Judging202012, .. Describing202012];
        foreach (var name in draft == SchemaDraft.Draft7 ? all202012.Except(all7) : all7.Except(all202012))
        {
            var compiled = JsonSchema.Compile(Json($"{{\"{name}\": {{}}}}").Root!.Value, "s.json", new SchemaRegistry { DefaultDraft = draft });
            Assert.Equal(["schema.unknown_keyword 1:2"], Places(compiled.Findings));
        }
    }

    private static IEnumerable<KeywordCase> Cases(SchemaDraft draft) =>
        KeywordCases.OfBothDrafts.Concat(draft == SchemaDraft.Draft7 ? KeywordCases.OfDraft7 : KeywordCases.OfDraft202012);

    private static string[] Names(KeywordCase one) => one.Keywords.Split(' ');
}
