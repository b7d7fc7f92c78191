using Planning.Artifacts.Documents;

namespace Planning.Artifacts.Schema;

/// <summary>A schema ready to judge instances: its keywords in the order in which they apply.</summary>
internal sealed class CompiledSchema(string location)
{
    /// <summary>Address and pointer of the schema.</summary>
    public string Location { get; } = location;

    /// <summary>For the schemas true and false; null for every other.</summary>
    public bool? Constant { get; set; }

    public SchemaScope? Scope { get; set; }

    public Keyword[] Keywords { get; set; } = [];

    /// <summary>True when a keyword asks what the others have evaluated.</summary>
    public bool Tracks { get; set; }

    /// <summary>Judges an instance.</summary>
    /// <param name="instance">The instance.</param>
    /// <param name="run">The evaluation this is a part of.</param>
    /// <param name="evaluated">Where to mark what was evaluated; null when nobody asks.</param>
    /// <param name="problems">Where to report; null to stop at the first failure.</param>
    public bool Evaluate(DocumentNode instance, Evaluation run, Evaluated? evaluated, List<SchemaProblem>? problems)
    {
        if (Constant is { } constant)
        {
            if (!constant)
                problems?.Add(Keyword.Problem(instance, "false", Location, "Nothing is allowed here.", "Remove it."));
            return constant;
        }
        if (!run.Enter(instance, Location))
        {
            run.Leave();
            return false;
        }
        var entered = run.Scope.Count == 0 || run.Scope[^1] != Scope;
        if (entered)
            run.Scope.Add(Scope!);
        var own = Tracks ? run.Rent(instance) : evaluated;
        var ok = true;
        foreach (var keyword in Keywords)
        {
            // After another failure, what is left unevaluated is a consequence and not a finding of its own.
            if (!ok && keyword.IsUnevaluated)
                continue;
            if (keyword.Evaluate(instance, run, own, problems))
                continue;
            ok = false;
            if (problems is null)
                break;
        }
        if (Tracks)
        {
            if (ok)
                evaluated?.Merge(own!);
            run.Return(own!);
        }
        if (entered)
            run.Scope.RemoveAt(run.Scope.Count - 1);
        run.Leave();
        return ok;
    }
}
