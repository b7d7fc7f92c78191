using System.Collections.Frozen;

namespace Planning.Artifacts.Schema;

/// <summary>The names of one draft, and which of them hold schemas.</summary>
internal sealed class DraftKeywords
{
    private static readonly string[] Common =
    [
        "$schema", "$id", "$ref", "$comment", "definitions", "title", "description", "default", "examples", "readOnly", "writeOnly",
        "allOf", "anyOf", "oneOf", "not", "if", "then", "else",
        "properties", "patternProperties", "additionalProperties", "propertyNames", "dependencies", "items", "contains",
        "type", "enum", "const", "multipleOf", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum",
        "minLength", "maxLength", "pattern", "minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties", "required",
        "format", "contentEncoding", "contentMediaType",
    ];

    /// <summary>Keywords whose value is a schema or a list of schemas.</summary>
    private static readonly FrozenSet<string> Schemas = Set(
        "allOf", "anyOf", "oneOf", "not", "if", "then", "else", "items", "additionalItems", "prefixItems", "contains", "unevaluatedItems",
        "additionalProperties", "propertyNames", "unevaluatedProperties", "contentSchema");

    /// <summary>Keywords whose value is a mapping of schemas.</summary>
    private static readonly FrozenSet<string> NamedSchemas = Set(
        "properties", "patternProperties", "$defs", "definitions", "dependentSchemas", "dependencies");

    private static readonly DraftKeywords Draft7 = new("draft 7", "http://json-schema.org/draft-07/schema", "additionalItems");

    private static readonly DraftKeywords Draft202012 = new(
        "draft 2020-12", "https://json-schema.org/draft/2020-12/schema",
        "$anchor", "$dynamicRef", "$dynamicAnchor", "$vocabulary", "$defs", "deprecated", "contentSchema",
        "prefixItems", "minContains", "maxContains", "dependentRequired", "dependentSchemas", "unevaluatedItems", "unevaluatedProperties");

    private readonly FrozenSet<string> _names;

    private DraftKeywords(string name, string address, params string[] own)
    {
        Name = name;
        Address = address;
        _names = Set([.. Common, .. own]);
    }

    /// <summary>For people.</summary>
    public string Name { get; }

    /// <summary>Of the meta-schema, without the empty fragment.</summary>
    public string Address { get; }

    public static DraftKeywords Of(SchemaDraft draft) => draft == SchemaDraft.Draft7 ? Draft7 : Draft202012;

    /// <summary>The draft that a value of $schema names; null for every other value.</summary>
    public static SchemaDraft? Named(string schema)
    {
        foreach (var draft in Enum.GetValues<SchemaDraft>())
        {
            if (schema.TrimEnd('#') == Of(draft).Address)
                return draft;
        }
        return null;
    }

    public bool Knows(string keyword) => _names.Contains(keyword);

    public bool HoldsSchemas(string keyword) => Knows(keyword) && Schemas.Contains(keyword);

    public bool HoldsNamedSchemas(string keyword) => Knows(keyword) && NamedSchemas.Contains(keyword);

    private static FrozenSet<string> Set(params string[] names) => names.ToFrozenSet(StringComparer.Ordinal);
}
