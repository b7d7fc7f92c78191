namespace Planning.Artifacts;

/// <summary>Ids of the rules that parsing itself can report. Ids are stable: waivers refer to them.</summary>
public static class Rules
{
    /// <summary>The file is larger than the limit.</summary>
    public const string MaxBytes = "limit.max_bytes";

    /// <summary>The document nests deeper than the limit.</summary>
    public const string MaxDepth = "limit.max_depth";

    /// <summary>The document has more nodes than the limit.</summary>
    public const string MaxNodes = "limit.max_nodes";

    /// <summary>YAML aliases would expand to more nodes than the limit.</summary>
    public const string MaxAliasExpansion = "limit.max_alias_expansion";

    /// <summary>A number has more characters than the limit.</summary>
    public const string MaxNumberLength = "limit.max_number_length";

    /// <summary>There are more findings than the limit; the rest is not listed.</summary>
    public const string MaxFindings = "limit.max_findings";

    /// <summary>The bytes are not UTF-8.</summary>
    public const string Encoding = "parse.encoding";

    /// <summary>The text holds a NUL character.</summary>
    public const string Nul = "parse.nul";

    /// <summary>A string holds half of a surrogate pair.</summary>
    public const string Surrogate = "parse.surrogate";

    /// <summary>A mapping has the same key twice.</summary>
    public const string DuplicateKey = "parse.duplicate_key";

    /// <summary>The text does not follow the grammar of its format.</summary>
    public const string Syntax = "parse.syntax";

    /// <summary>The file holds nothing.</summary>
    public const string Empty = "parse.empty";

    /// <summary>The YAML file holds more than one document.</summary>
    public const string MultiDocument = "parse.multi_document";

    /// <summary>An alias names no anchor before it.</summary>
    public const string UndefinedAlias = "parse.undefined_alias";

    /// <summary>A YAML key is a list or a mapping.</summary>
    public const string ComplexKey = "parse.complex_key";

    /// <summary>A YAML tag is not one of the core schema's.</summary>
    public const string UnknownTag = "parse.unknown_tag";

    /// <summary>A number is infinite or not a number, which JSON cannot say.</summary>
    public const string NonFiniteNumber = "parse.non_finite_number";
}
