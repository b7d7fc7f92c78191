using System.Collections.Frozen;
using Planning.Artifacts.Documents;

namespace Planning.Artifacts.Schema;

/// <summary>Builds the keywords of one schema.</summary>
internal sealed class SchemaBuilder(SchemaCompiler compiler, DocumentNode node, string location, SchemaDialect dialect)
{
    private readonly List<Keyword> _keywords = [];

    public void Fill(CompiledSchema schema)
    {
        if (dialect.Draft == SchemaDraft.Draft7 && node["$ref"] is { } reference)
            Add(Ref(reference));
        else
            AddAll();
        CompileDefinitions();
        // Asking what is left comes last; sorting is stable, so the rest keeps its order.
        schema.Keywords = [.. _keywords.OrderBy(keyword => keyword.IsUnevaluated)];
        schema.Tracks = _keywords.Any(keyword => keyword.IsUnevaluated);
    }

    private void AddAll()
    {
        AddProperties();
        AddItems();
        foreach (var entry in node.Entries)
        {
            if (dialect.Keywords.Knows(entry.Key))
                Add(Build(entry));
            else if (!compiler.Options.AllowUnknownKeywords)
                compiler.Error(entry, "schema.unknown_keyword", $"'{entry.Key}' is no keyword of JSON Schema {dialect.Keywords.Name}.", UnknownAdvice(entry.Key));
        }
    }

    private static string UnknownAdvice(string keyword)
    {
        foreach (var draft in Enum.GetValues<SchemaDraft>().Select(DraftKeywords.Of))
        {
            if (draft.Knows(keyword))
                return $"It belongs to {draft.Name}; $schema says which draft holds.";
        }
        return "Check its spelling; what is not known would never be enforced.";
    }

    private void Add(Keyword? keyword)
    {
        if (keyword is not null)
            _keywords.Add(keyword);
    }

    /// <summary>The keyword of an entry; null for those that identify, describe or are read together with another.</summary>
    private Keyword? Build(MappingEntry entry)
    {
        var (name, value, at) = (entry.Key, entry.Value, Location(entry.Key));
        switch (name)
        {
            case "$ref":
                return Ref(value);
            case "$dynamicRef":
                return DynamicRef(value, at);
            case "allOf":
                return new AllOfKeyword { Name = name, Location = at, Branches = Schemas(value) };
            case "anyOf" or "oneOf":
                return new AlternativesKeyword { Name = name, Location = at, Branches = Schemas(value), ExactlyOne = name == "oneOf" };
            case "not":
                return new NotKeyword { Name = name, Location = at, Schema = compiler.Compile(value) };
            case "if":
                return new IfKeyword { Name = name, Location = at, If = compiler.Compile(value), Then = Optional("then"), Else = Optional("else") };
            case "propertyNames":
                return new PropertyNamesKeyword { Name = name, Location = at, Schema = compiler.Compile(value) };
            case "required":
                return dialect.Validation ? new RequiredKeyword { Name = name, Location = at, Names = Names(value) } : null;
            case "dependentRequired":
                return dialect.Validation ? Dependent(name, at, Named(value).Select(e => (e.Key, Names(e.Value), (CompiledSchema?)null))) : null;
            case "dependentSchemas":
                return Dependent(name, at, Named(value).Select(e => (e.Key, Array.Empty<string>(), (CompiledSchema?)compiler.Compile(e.Value))));
            case "dependencies":
                return Dependent(name, at, Named(value).Select(Dependency));
            case "contains":
                return Contains(value, at);
            case "uniqueItems":
                return dialect.Validation && value.AsBoolean == true ? new UniqueItemsKeyword { Name = name, Location = at } : null;
            case "unevaluatedProperties":
                return new UnevaluatedPropertiesKeyword { Name = name, Location = at, Schema = compiler.Compile(value) };
            case "unevaluatedItems":
                return new UnevaluatedItemsKeyword { Name = name, Location = at, Schema = compiler.Compile(value) };
            case "pattern":
                return dialect.Validation && PatternOf(value) is { } pattern ? new PatternKeyword { Name = name, Location = at, Pattern = pattern } : null;
            case "format":
                return compiler.Options.AssertFormats || dialect.AssertFormats ? Assertions.Format(value, at) : null;
        }
        return dialect.Validation && Assertions.Knows(name) ? BuildAssertion(entry, at) : null;
    }

    private RefKeyword? Ref(DocumentNode value) =>
        compiler.Resolve(value) is { } target ? new RefKeyword { Name = "$ref", Location = Location("$ref"), Target = target.Schema } : null;

    private Assertion? BuildAssertion(MappingEntry entry, string at)
    {
        if (Assertions.Create(entry.Key, entry.Value, at) is { } assertion)
            return assertion;
        WrongValue(entry.Value, entry.Key);
        return null;
    }

    private DynamicRefKeyword? DynamicRef(DocumentNode value, string at)
    {
        if (compiler.Resolve(value) is not { } target)
            return null;
        var hash = value.AsString!.IndexOf('#');
        var fragment = hash < 0 ? "" : value.AsString[(hash + 1)..];
        // Only where the first target bears the anchor itself does the outer scope come in.
        var anchor = fragment.Length > 0 && target.Node["$dynamicAnchor"]?.AsString == fragment ? fragment : null;
        return new DynamicRefKeyword { Name = "$dynamicRef", Location = at, Initial = target.Schema, Anchor = anchor };
    }

    private void AddProperties()
    {
        if (node["properties"] is null && node["patternProperties"] is null && node["additionalProperties"] is null)
            return;
        var patterns = new List<(Pattern, CompiledSchema)>();
        foreach (var entry in Named(node["patternProperties"]))
        {
            if (Pattern.TryCreate(entry.Key, compiler.Options.PatternTimeout) is { } pattern)
                patterns.Add((pattern, compiler.Compile(entry.Value)));
            else
                compiler.Error(entry, "schema.keyword_value", $"'{entry.Key}' is no regular expression.", "Write one of ECMAScript.");
        }
        _keywords.Add(new PropertiesKeyword
        {
            Name = "properties",
            Location = Location("properties"),
            PatternsLocation = Location("patternProperties"),
            AdditionalLocation = Location("additionalProperties"),
            Properties = Named(node["properties"]).ToFrozenDictionary(entry => entry.Key, entry => compiler.Compile(entry.Value), StringComparer.Ordinal),
            Patterns = [.. patterns],
            Additional = Optional("additionalProperties"),
        });
    }

    /// <summary>What draft 2020-12 says with prefixItems and items, draft 7 says with a list as items and with additionalItems.</summary>
    private void AddItems()
    {
        var list = dialect.Draft != SchemaDraft.Draft7 ? node["prefixItems"] : node["items"] is { IsSequence: true } items ? items : null;
        var rest = dialect.Draft == SchemaDraft.Draft7 && list is not null ? "additionalItems" : "items";
        if (list is null && node[rest] is null)
            return;
        _keywords.Add(new ItemsKeyword
        {
            Name = "items",
            Location = Location("items"),
            Prefix = list is { } prefix ? Schemas(prefix) : [],
            Rest = Optional(rest),
        });
    }

    /// <summary>Definitions are compiled even if nothing refers to them: a fault in one is a fault in the schema.</summary>
    private void CompileDefinitions()
    {
        if (compiler.Options.AllowUnknownKeywords)
            return;
        foreach (var definitions in new[] { "$defs", "definitions" }.Where(dialect.Keywords.Knows))
        {
            foreach (var entry in Named(node[definitions]))
                compiler.Compile(entry.Value);
        }
    }

    private ContainsKeyword Contains(DocumentNode value, string at) => new()
    {
        Name = "contains",
        Location = at,
        Schema = compiler.Compile(value),
        Min = Limit("minContains") ?? 1,
        Max = Limit("maxContains"),
    };

    /// <summary>A limit that is read together with contains; null where there is none.</summary>
    private long? Limit(string name)
    {
        if (!dialect.Validation || !dialect.Keywords.Knows(name) || node[name] is not { } value)
            return null;
        if (value.Number is { IsIntegral: true, Sign: >= 0 } limit)
            return limit.ToInt64() ?? long.MaxValue;
        WrongValue(value, name);
        return null;
    }

    private static DependentKeyword Dependent(string name, string at, IEnumerable<(string, string[], CompiledSchema?)> dependents) =>
        new() { Name = name, Location = at, Dependents = [.. dependents] };

    private (string Key, string[] Required, CompiledSchema? Schema) Dependency(MappingEntry entry) =>
        entry.Value.IsSequence ? (entry.Key, Names(entry.Value), null) : (entry.Key, [], compiler.Compile(entry.Value));

    private Pattern? PatternOf(DocumentNode value)
    {
        if (value.AsString is { } text && Pattern.TryCreate(text, compiler.Options.PatternTimeout) is { } pattern)
            return pattern;
        WrongValue(value, "pattern");
        return null;
    }

    private CompiledSchema? Optional(string name) => node[name] is { } value ? compiler.Compile(value) : null;

    private CompiledSchema[] Schemas(DocumentNode value)
    {
        if (value.Elements is { Count: > 0 } list)
            return [.. list.Select(compiler.Compile)];
        WrongValue(value, value.Key!);
        return [];
    }

    private EntryList Named(DocumentNode? value)
    {
        if (value is { IsMapping: false } wrong)
            WrongValue(wrong, wrong.Key!);
        return value?.Entries ?? default;
    }

    private string[] Names(DocumentNode value)
    {
        if (!value.IsSequence || value.Elements.Any(item => item.AsString is null))
            WrongValue(value, value.Key!);
        return [.. value.Elements.Select(item => item.AsString).OfType<string>()];
    }

    private void WrongValue(DocumentNode value, string keyword) =>
        compiler.Error(value, "schema.keyword_value", $"This is no value that '{keyword}' can have.", $"See the specification of {dialect.Keywords.Name}.");

    private string Location(string keyword) => $"{location}/{DocumentNode.Escape(keyword)}";
}
