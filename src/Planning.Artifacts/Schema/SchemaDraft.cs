namespace Planning.Artifacts.Schema;

/// <summary>An edition of JSON Schema. A schema names its own with <c>$schema</c>.</summary>
public enum SchemaDraft
{
    /// <summary>http://json-schema.org/draft-07/schema#.</summary>
    Draft7,

    /// <summary>https://json-schema.org/draft/2020-12/schema.</summary>
    Draft202012,
}

/// <summary>What the draft and the meta-schema of a schema switch on.</summary>
internal sealed record SchemaDialect(SchemaDraft Draft, bool Validation = true, bool AssertFormats = false)
{
    public DraftKeywords Keywords { get; } = DraftKeywords.Of(Draft);
}
