namespace Planning.Artifacts.Tests.Schema;

/// <summary>A schema with what it allows and what it refuses.</summary>
/// <param name="Keywords">The keywords that it shows.</param>
/// <param name="Schema">JSON, without $schema.</param>
/// <param name="Valid">Instances in JSON.</param>
/// <param name="Invalid">Instances in JSON; none for keywords that only describe.</param>
internal sealed record KeywordCase(string Keywords, string Schema, string[] Valid, string[] Invalid);

/// <summary>Each keyword by itself and beside those that it is read with.</summary>
internal static class KeywordCases
{
    public static IReadOnlyList<KeywordCase> OfBothDrafts { get; } =
    [
        new("type", """{"type": "null"}""", ["null"], ["0", "false", "\"\"", "[]", "{}"]),
        new("type", """{"type": "boolean"}""", ["true", "false"], ["1", "\"true\"", "null"]),
        new("type", """{"type": "integer"}""", ["0", "-7", "1.0", "2e3", "123456789012345678901234567890"], ["1.5", "\"1\"", "1e-3"]),
        new("type", """{"type": "number"}""", ["0", "1.5", "-2e-3"], ["\"1.5\"", "null"]),
        new("type", """{"type": "string"}""", ["\"\"", "\"null\""], ["0", "null"]),
        new("type", """{"type": "array"}""", ["[]", "[1]"], ["{}", "\"[]\""]),
        new("type", """{"type": "object"}""", ["{}", """{"a": 1}"""], ["[]", "null"]),
        new("type", """{"type": ["string", "null"]}""", ["\"a\"", "null"], ["0", "[]"]),
        new("enum", """{"enum": ["a", 1, null, {"k": [1, 2]}]}""", ["\"a\"", "1.0", "null", """{"k": [1, 2.0]}"""], ["\"A\"", "2", "false", """{"k": [2, 1]}"""]),
        new("const", """{"const": {"a": 1, "b": 2}}""", ["""{"b": 2, "a": 1}"""], ["""{"a": 1}""", """{"a": 1, "b": 3}""", """{"a": 1, "b": 2, "c": 3}"""]),
        new("const", """{"const": false}""", ["false"], ["0", "true", "[false]"]),
        new("multipleOf", """{"multipleOf": 0.01}""", ["0", "19.99", "-3", "\"x\""], ["0.005", "1e-9"]),
        new("multipleOf", """{"multipleOf": 7}""", ["7e20", "-14", "70000000000000000000000000"], ["8", "70000000000000000000000001"]),
        new("minimum", """{"minimum": -2.5}""", ["-2.5", "0", "\"x\""], ["-2.51", "-1e40"]),
        new("maximum", """{"maximum": 18446744073709551616}""", ["18446744073709551616", "-1"], ["18446744073709551617", "1e20"]),
        new("exclusiveMinimum", """{"exclusiveMinimum": 0}""", ["1e-300", "1"], ["0", "0.0", "-1"]),
        new("exclusiveMaximum", """{"exclusiveMaximum": 10}""", ["9.999999999999999999999"], ["10", "1e1", "11"]),
        new("minLength", """{"minLength": 2}""", ["\"ab\"", "\"日本\"", "0"], ["\"a\"", "\"😀\""]),
        new("maxLength", """{"maxLength": 2}""", ["\"\"", "\"😀😀\""], ["\"abc\"", "\"😀😀😀\""]),
        new("pattern", """{"pattern": "^v\\d+$"}""", ["\"v12\"", "12"], ["\"v\"", "\"v1\\n\"", "\"v١\""]),
        new("format", """{"format": "date"}""", ["\"2024-02-29\"", "20240229"], ["\"2023-02-29\"", "\"2024-2-9\""]),
        new("minItems", """{"minItems": 1}""", ["[0]", "{}"], ["[]"]),
        new("maxItems", """{"maxItems": 1}""", ["[]", "[0]", "\"ab\""], ["[0, 0]"]),
        new("uniqueItems", """{"uniqueItems": true}""", ["[]", "[1, true, \"1\", null, [], {}]", "[0,1,2,3,4,5,6,7,8,9,10]", "[[1, 2], [2, 1]]"], ["[1, 1.0]", """[{"a": 1, "b": 2}, {"b": 2, "a": 1}]""", "[0,1,2,3,4,5,6,7,8,9,10,3]", "[[1], [1]]"]),
        new("uniqueItems", """{"uniqueItems": false}""", ["[1, 1]"], []),
        new("contains", """{"contains": {"type": "integer"}}""", ["[\"a\", 1]", "{}"], ["[]", "[\"a\"]"]),
        new("items", """{"items": {"type": "integer"}}""", ["[]", "[1, 2]", "{\"a\": \"b\"}"], ["[1, \"2\"]"]),
        new("items", """{"items": false}""", ["[]"], ["[1]"]),
        new("properties", """{"properties": {"a": {"type": "integer"}, "b": false}}""", ["""{"a": 1, "c": "x"}""", "[]"], ["""{"a": "1"}""", """{"b": null}"""]),
        new("patternProperties", """{"patternProperties": {"^x-": {"type": "string"}, "d$": {"minLength": 2}}}""", ["""{"x-a": "", "other": 1}"""], ["""{"x-a": 1}""", """{"x-d": "1"}"""]),
        new("additionalProperties", """{"properties": {"a": true}, "patternProperties": {"^x-": true}, "additionalProperties": {"type": "integer"}}""", ["""{"a": "s", "x-y": "s", "z": 1}"""], ["""{"z": "s"}"""]),
        new("additionalProperties", """{"properties": {"a": true}, "additionalProperties": false}""", ["{}", """{"a": 1}"""], ["""{"b": 1}"""]),
        new("propertyNames", """{"propertyNames": {"pattern": "^[a-z]+$"}}""", ["{}", """{"abc": 1}"""], ["""{"ABC": 1}""", """{"abc": 1, "": 1}"""]),
        new("required", """{"required": ["a", "b"]}""", ["""{"a": null, "b": null}""", "[]"], ["{}", """{"a": 1}"""]),
        new("minProperties", """{"minProperties": 1}""", ["""{"a": 1}""", "[]"], ["{}"]),
        new("maxProperties", """{"maxProperties": 1}""", ["{}", """{"a": 1}"""], ["""{"a": 1, "b": 1}"""]),
        new("dependencies", """{"dependencies": {"a": ["b"], "c": {"required": ["d"]}}}""", ["{}", """{"a": 1, "b": 1}""", """{"c": 1, "d": 1}"""], ["""{"a": 1}""", """{"c": 1}"""]),
        new("allOf", """{"allOf": [{"minimum": 1}, {"maximum": 3}]}""", ["1", "3"], ["0", "4"]),
        new("anyOf", """{"anyOf": [{"maximum": 1}, {"minimum": 3}]}""", ["1", "3"], ["2"]),
        new("oneOf", """{"oneOf": [{"multipleOf": 2}, {"multipleOf": 3}]}""", ["2", "9"], ["6", "7"]),
        new("not", """{"not": {"type": "string"}}""", ["1", "null"], ["\"a\""]),
        new("if then else", """{"if": {"properties": {"k": {"const": 1}}}, "then": {"required": ["a"]}, "else": {"required": ["b"]}}""", ["""{"k": 1, "a": 0}""", """{"k": 2, "b": 0}"""], ["""{"k": 1, "b": 0}""", """{"k": 2, "a": 0}"""]),
        new("then else", """{"then": false, "else": false}""", ["1"], []),
        new("$ref definitions", """{"allOf": [{"$ref": "#/definitions/a~1b"}], "definitions": {"a/b": {"type": "integer"}}}""", ["1"], ["\"1\""]),
        new("$ref", """{"properties": {"next": {"$ref": "#"}}, "required": ["id"]}""", ["""{"id": 1, "next": {"id": 2}}"""], ["""{"id": 1, "next": {}}"""]),
        new("$id $ref", """{"$id": "https://planning.example/a/b.json", "allOf": [{"$ref": "c.json"}], "definitions": {"c": {"$id": "c.json", "type": "null"}}}""", ["null"], ["0"]),
        new("$comment title description default examples readOnly writeOnly contentEncoding contentMediaType",
            """{"$comment": "c", "title": "t", "description": "d", "default": 1, "examples": [1], "readOnly": true, "writeOnly": true, "contentEncoding": "base64", "contentMediaType": "image/png"}""",
            ["1", "\"%\""], []),
    ];

    public static IReadOnlyList<KeywordCase> OfDraft7 { get; } =
    [
        new("items additionalItems", """{"items": [{"type": "integer"}, {"type": "string"}], "additionalItems": {"type": "null"}}""", ["[]", "[1]", "[1, \"a\", null]"], ["[\"a\"]", "[1, \"a\", 1]"]),
        new("additionalItems", """{"items": true, "additionalItems": false}""", ["[1, 2]"], []),
        new("$ref", """{"properties": {"a": {"$ref": "#/definitions/n", "maximum": 1}}, "definitions": {"n": {"type": "number"}}}""", ["""{"a": 2}"""], ["""{"a": "2"}"""]),
        new("$id", """{"allOf": [{"$ref": "#n"}], "definitions": {"n": {"$id": "#n", "type": "number"}}}""", ["1"], ["\"1\""]),
    ];

    public static IReadOnlyList<KeywordCase> OfDraft202012 { get; } =
    [
        new("prefixItems items", """{"prefixItems": [{"type": "integer"}, {"type": "string"}], "items": {"type": "null"}}""", ["[]", "[1]", "[1, \"a\", null]"], ["[\"a\"]", "[1, \"a\", 1]"]),
        new("contains minContains maxContains", """{"contains": {"const": 1}, "minContains": 2, "maxContains": 3}""", ["[1, 1]", "[1, 0, 1, 1]"], ["[1]", "[1, 1, 1, 1]"]),
        new("contains minContains", """{"contains": {"const": 1}, "minContains": 0}""", ["[]", "[0]"], []),
        new("dependentRequired", """{"dependentRequired": {"a": ["b", "c"]}}""", ["{}", """{"a": 1, "b": 1, "c": 1}"""], ["""{"a": 1, "b": 1}"""]),
        new("dependentSchemas", """{"dependentSchemas": {"a": {"properties": {"b": {"type": "integer"}}}}}""", ["""{"b": "s"}""", """{"a": 1, "b": 1}"""], ["""{"a": 1, "b": "s"}"""]),
        new("unevaluatedProperties", """{"allOf": [{"properties": {"a": true}}], "anyOf": [{"required": ["b"], "properties": {"b": true}}, true], "unevaluatedProperties": false}""", ["{}", """{"a": 1, "b": 1}"""], ["""{"c": 1}"""]),
        new("unevaluatedProperties", """{"if": {"required": ["a"], "properties": {"a": true}}, "then": {"properties": {"b": true}}, "unevaluatedProperties": {"type": "null"}}""", ["""{"a": 1, "b": 1, "c": null}"""], ["""{"b": 1}""", """{"a": 1, "c": 1}"""]),
        new("unevaluatedItems", """{"prefixItems": [true], "contains": {"type": "string"}, "unevaluatedItems": false}""", ["[1, \"a\"]", "[\"a\", \"b\"]"], ["[1, \"a\", 2]"]),
        new("$ref $defs", """{"$ref": "#/$defs/n", "maximum": 1, "$defs": {"n": {"type": "number"}}}""", ["1"], ["2", "\"1\""]),
        new("$anchor", """{"$ref": "#n", "$defs": {"x": {"$anchor": "n", "type": "number"}}}""", ["1"], ["\"1\""]),
        new("$dynamicRef $dynamicAnchor",
            """
            {"$id": "https://planning.example/strict.json", "$dynamicAnchor": "node", "$ref": "tree.json", "unevaluatedProperties": false,
             "$defs": {"tree": {"$id": "tree.json", "$dynamicAnchor": "node", "properties": {"data": true, "children": {"items": {"$dynamicRef": "#node"}}}}}}
            """,
            ["""{"data": 1, "children": [{"data": 2}]}"""], ["""{"daat": 1}""", """{"children": [{"daat": 2}]}"""]),
        new("$vocabulary deprecated contentSchema", """{"$vocabulary": {}, "deprecated": true, "contentMediaType": "application/json", "contentSchema": {"type": "null"}}""", ["1", "\"1\""], []),
    ];
}
