using Planning.Artifacts.Documents;

namespace Planning.Artifacts.Schema;

/// <summary>prefixItems and items.</summary>
internal sealed class ItemsKeyword : Keyword
{
    public required CompiledSchema[] Prefix { get; init; }

    public required CompiledSchema? Rest { get; init; }

    public override bool Evaluate(DocumentNode instance, Evaluation run, Evaluated? evaluated, List<SchemaProblem>? problems)
    {
        if (instance is not SequenceNode sequence)
            return true;
        var ok = true;
        for (var i = 0; i < sequence.Items.Count && (ok || problems is not null); i++)
        {
            if ((i < Prefix.Length ? Prefix[i] : Rest) is not { } schema)
                break;
            ok &= schema.Evaluate(sequence.Items[i], run, null, problems);
        }
        evaluated?.MarkFirst(Rest is null ? Prefix.Length : sequence.Items.Count);
        return ok;
    }
}

/// <summary>contains with minContains and maxContains.</summary>
internal sealed class ContainsKeyword : Keyword
{
    public required CompiledSchema Schema { get; init; }

    public required ExactNumber Min { get; init; }

    public required ExactNumber? Max { get; init; }

    public override bool Evaluate(DocumentNode instance, Evaluation run, Evaluated? evaluated, List<SchemaProblem>? problems)
    {
        if (instance is not SequenceNode sequence)
            return true;
        var matches = 0;
        for (var i = 0; i < sequence.Items.Count; i++)
        {
            if (!Schema.Evaluate(sequence.Items[i], run, null, null))
                continue;
            matches++;
            evaluated?.Mark(i);
        }
        var count = ExactNumber.Parse(matches.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (count < Min)
            return Fail(instance, problems, $"{matches} elements have the form that at least {Min} must have.", "Add such an element.");
        return Max is not { } max || count <= max
            || Fail(instance, problems, $"{matches} elements have the form that at most {max} may have.", "Remove such an element.");
    }
}

/// <summary>uniqueItems; reports the later of two equal elements.</summary>
internal sealed class UniqueItemsKeyword : Keyword
{
    public override bool Evaluate(DocumentNode instance, Evaluation run, Evaluated? evaluated, List<SchemaProblem>? problems)
    {
        if (instance is not SequenceNode { Items.Count: > 1 } sequence)
            return true;
        var seen = new Dictionary<DocumentNode, int>(sequence.Items.Count, NodeEquality.Instance);
        foreach (var item in sequence.Items)
        {
            if (!seen.TryAdd(item, item.Index))
                return Fail(item, problems, $"Element {item.Index} equals element {seen[item]}.", "Remove one of the two.");
        }
        return true;
    }
}

/// <summary>unevaluatedItems.</summary>
internal sealed class UnevaluatedItemsKeyword : Keyword
{
    public required CompiledSchema Schema { get; init; }

    public override bool IsUnevaluated => true;

    public override bool Evaluate(DocumentNode instance, Evaluation run, Evaluated? evaluated, List<SchemaProblem>? problems)
    {
        if (instance is not SequenceNode sequence)
            return true;
        var ok = true;
        foreach (var item in sequence.Items)
        {
            if (evaluated![item.Index])
                continue;
            evaluated.Mark(item.Index);
            if (Schema.Constant == false)
                ok = Fail(item, problems, $"Element {item.Index} is one too many.", "Remove it.");
            else
                ok &= Schema.Evaluate(item, run, null, problems);
        }
        return ok;
    }
}
