using System.Collections.Frozen;
using Planning.Artifacts.Documents;

namespace Planning.Artifacts.Schema;

/// <summary>properties, patternProperties and additionalProperties of one schema, which share one walk over the entries.</summary>
internal sealed class PropertiesKeyword : Keyword
{
    public required FrozenDictionary<string, CompiledSchema> Properties { get; init; }

    public required (Pattern Pattern, CompiledSchema Schema)[] Patterns { get; init; }

    public required CompiledSchema? Additional { get; init; }

    /// <summary>Where patternProperties stands.</summary>
    public required string PatternsLocation { get; init; }

    /// <summary>Where additionalProperties stands.</summary>
    public required string AdditionalLocation { get; init; }

    public override bool Evaluate(DocumentNode instance, Evaluation run, Evaluated? evaluated, List<SchemaProblem>? problems)
    {
        var entries = instance.Entries;
        var ok = true;
        for (var i = 0; i < entries.Count && (ok || problems is not null); i++)
            ok &= One(entries[i], i, run, evaluated, problems);
        return ok;
    }

    private bool One(in MappingEntry entry, int index, Evaluation run, Evaluated? evaluated, List<SchemaProblem>? problems)
    {
        var known = false;
        var ok = true;
        if (Properties.TryGetValue(entry.Key, out var schema))
        {
            known = true;
            ok = schema.Evaluate(entry.Value, run, null, problems);
        }
        foreach (var (pattern, patternSchema) in Patterns)
        {
            var matches = pattern.Match(entry.Key, run);
            if (matches is null)
                return TookTooLong(in entry, pattern, problems);
            if (matches == false)
                continue;
            known = true;
            ok &= patternSchema.Evaluate(entry.Value, run, null, problems);
        }
        if (!known && Additional is null)
            return true;
        evaluated?.Mark(index);
        if (known)
            return ok;
        if (Additional!.Constant == false)
        {
            problems?.Add(new SchemaProblem(
                entry.Value, entry.KeyLine, entry.KeyColumn, entry.Value.Pointer, "additionalProperties", AdditionalLocation,
                $"'{entry.Key}' is not known here.", Advice(entry.Key)));
            return false;
        }
        return Additional.Evaluate(entry.Value, run, null, problems);
    }

    /// <summary>Which schemas a key leads to is not known then, so it is no good.</summary>
    private bool TookTooLong(in MappingEntry entry, Pattern pattern, List<SchemaProblem>? problems)
    {
        problems?.Add(new SchemaProblem(
            entry.Value, entry.KeyLine, entry.KeyColumn, entry.Value.Pointer, "patternProperties", PatternsLocation,
            $"The pattern {pattern.Text} took too long on a key of this document.", "Simplify the pattern, or shorten the key."));
        return false;
    }

    private string Advice(string key)
    {
        var near = Properties.Keys.Where(name => Spelling.IsNear(name, key)).Order(StringComparer.Ordinal).FirstOrDefault();
        return near is null ? "Remove it, or check its name." : $"Did you mean '{near}'?";
    }
}

/// <summary>propertyNames.</summary>
internal sealed class PropertyNamesKeyword : Keyword
{
    public required CompiledSchema Schema { get; init; }

    public override bool Evaluate(DocumentNode instance, Evaluation run, Evaluated? evaluated, List<SchemaProblem>? problems)
    {
        var ok = true;
        foreach (var entry in instance.Entries)
        {
            if (Schema.Evaluate(run.NameOf(entry.Key), run, null, null))
                continue;
            if (problems is null)
                return false;
            ok = FailAtKey(entry, problems, $"'{entry.Key}' is no name that is allowed here.", "Rename it.");
        }
        return ok;
    }
}

/// <summary>required.</summary>
internal sealed class RequiredKeyword : Keyword
{
    public required string[] Names { get; init; }

    public override bool Evaluate(DocumentNode instance, Evaluation run, Evaluated? evaluated, List<SchemaProblem>? problems)
    {
        if (!instance.IsMapping)
            return true;
        var ok = true;
        foreach (var name in Names)
        {
            if (instance[name] is not null)
                continue;
            if (problems is null)
                return false;
            ok = Fail(instance, problems, $"'{name}' is missing.", $"Add '{name}'.");
        }
        return ok;
    }
}

/// <summary>dependentRequired and dependentSchemas, and dependencies, which is either.</summary>
internal sealed class DependentKeyword : Keyword
{
    public required (string Key, string[] Required, CompiledSchema? Schema)[] Dependents { get; init; }

    public override bool Evaluate(DocumentNode instance, Evaluation run, Evaluated? evaluated, List<SchemaProblem>? problems)
    {
        if (!instance.IsMapping)
            return true;
        var ok = true;
        foreach (var (key, required, schema) in Dependents)
        {
            if (instance[key] is null)
                continue;
            foreach (var name in required)
            {
                if (instance[name] is not null)
                    continue;
                if (problems is null)
                    return false;
                ok = Fail(instance, problems, $"'{name}' is missing, which '{key}' asks for.", $"Add '{name}', or remove '{key}'.");
            }
            if (schema is not null)
                ok &= schema.Evaluate(instance, run, evaluated, problems);
        }
        return ok;
    }
}

/// <summary>unevaluatedProperties.</summary>
internal sealed class UnevaluatedPropertiesKeyword : Keyword
{
    public required CompiledSchema Schema { get; init; }

    public override bool IsUnevaluated => true;

    public override bool Evaluate(DocumentNode instance, Evaluation run, Evaluated? evaluated, List<SchemaProblem>? problems)
    {
        var entries = instance.Entries;
        var ok = true;
        for (var i = 0; i < entries.Count && (ok || problems is not null); i++)
        {
            if (evaluated![i])
                continue;
            var entry = entries[i];
            evaluated.Mark(i);
            if (problems is not null && Schema.Constant == false)
                ok = FailAtKey(entry, problems, $"'{entry.Key}' is not known here.", "Remove it, or check its name.");
            else
                ok &= Schema.Evaluate(entry.Value, run, null, problems);
        }
        return ok;
    }
}
