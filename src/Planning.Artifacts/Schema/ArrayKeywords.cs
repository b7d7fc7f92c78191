using Planning.Artifacts.Documents;

namespace Planning.Artifacts.Schema;

/// <summary>prefixItems and items; in draft 7 items and additionalItems.</summary>
internal sealed class ItemsKeyword : Keyword
{
    public required CompiledSchema[] Prefix { get; init; }

    public required CompiledSchema? Rest { get; init; }

    public override bool Evaluate(DocumentNode instance, Evaluation run, Evaluated? evaluated, List<SchemaProblem>? problems)
    {
        if (instance is not { IsSequence: true, Elements: var items })
            return true;
        var ok = true;
        for (var i = 0; i < items.Count && (ok || problems is not null); i++)
        {
            if ((i < Prefix.Length ? Prefix[i] : Rest) is not { } schema)
                break;
            ok &= schema.Evaluate(items[i], run, null, problems);
        }
        evaluated?.MarkFirst(Rest is null ? Prefix.Length : items.Count);
        return ok;
    }
}

/// <summary>contains with minContains and maxContains.</summary>
internal sealed class ContainsKeyword : Keyword
{
    public required CompiledSchema Schema { get; init; }

    public required long Min { get; init; }

    public required long? Max { get; init; }

    public override bool Evaluate(DocumentNode instance, Evaluation run, Evaluated? evaluated, List<SchemaProblem>? problems)
    {
        if (instance is not { IsSequence: true, Elements: var items })
            return true;
        var matches = 0;
        for (var i = 0; i < items.Count; i++)
        {
            if (!Schema.Evaluate(items[i], run, null, null))
                continue;
            matches++;
            evaluated?.Mark(i);
        }
        var few = matches < Min;
        if (!few && (Max is not { } max || matches <= max))
            return true;
        if (problems is null)
            return false;
        return few
            ? Fail(instance, problems, $"{matches} elements have the form that at least {Min} must have.", "Add such an element.")
            : Fail(instance, problems, $"{matches} elements have the form that at most {Max} may have.", "Remove such an element.");
    }
}

/// <summary>unevaluatedItems.</summary>
internal sealed class UnevaluatedItemsKeyword : Keyword
{
    public required CompiledSchema Schema { get; init; }

    public override bool IsUnevaluated => true;

    public override bool Evaluate(DocumentNode instance, Evaluation run, Evaluated? evaluated, List<SchemaProblem>? problems)
    {
        if (instance is not { IsSequence: true, Elements: var items })
            return true;
        var ok = true;
        for (var i = 0; i < items.Count && (ok || problems is not null); i++)
        {
            if (evaluated![i])
                continue;
            evaluated.Mark(i);
            if (problems is not null && Schema.Constant == false)
                ok = Fail(items[i], problems, $"Element {i} is one too many.", "Remove it.");
            else
                ok &= Schema.Evaluate(items[i], run, null, problems);
        }
        return ok;
    }
}
