using System.Collections.Immutable;
using Planning.Artifacts.Documents;
using Planning.Domain.Expressions;
using Planning.Domain.Plans;
using Planning.Domain.Rulebooks;

namespace Planning.Engine.Rulebooks;

/// <summary>Reads <c>gates.yaml</c>: one definition per trigger of a gate.</summary>
internal static class GatesReader
{
    /// <summary>Of a validator that names none.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(30);

    /// <summary>The eight built-in validators, and programs of one's own.</summary>
    public static ImmutableArray<string> Validators { get; } =
        ["json_schema", "yaml_lint", "references", "dependency_graph", "timeline", "resource_capacity", "coverage", "parity", "script"];

    private static readonly ImmutableArray<string> Common = ["type", "name", "timeout_seconds"];

    public static ImmutableArray<GateDefinition> Read(RulebookFile file)
    {
        var gates = ImmutableArray.CreateBuilder<GateDefinition>();
        foreach (var (name, _, _, gate) in RulebookFile.Entries(file.Root?["gates"]))
        {
            var validators = ReadValidators(file, name, gate["validators"]);
            foreach (var trigger in gate["triggers"]?.Elements ?? default)
            {
                if (ReadArrow(file, name, trigger) is not { } arrow)
                    continue;
                if (gates.FirstOrDefault(g => (g.From, g.To) == (arrow.From, arrow.To)) is { } other)
                    file.Report(trigger, RulebookRules.TwoGates, $"The gates {other.Name} and {name} both decide over {Described(arrow)}.", "Put all validators into one of them.");
                else
                    gates.Add(new GateDefinition(name, arrow.From, arrow.To, validators));
            }
        }
        ReportMissing(file, gates);
        return gates.ToImmutable();
    }

    private static IEnumerable<Arrow> Gated => Lifecycle.Arrows.Where(a => a.Gated);

    private static Arrow? ReadArrow(RulebookFile file, string gate, DocumentNode trigger)
    {
        var from = trigger["from"]?.AsString;
        var to = trigger["to"]?.AsString;
        if (from is null || to is null)
            return null;
        var arrow = Gated.FirstOrDefault(a => Lifecycle.Wire(a.From) == from && Lifecycle.Wire(a.To) == to);
        if (arrow is null)
            file.Report(
                trigger, RulebookRules.UnreachableGate, $"The gate {gate} is never reached: no gated transition leads from {from} to {to}.",
                $"Gated are {string.Join(", ", Gated.Select(Described))}.");
        return arrow;
    }

    private static void ReportMissing(RulebookFile file, IReadOnlyCollection<GateDefinition> gates)
    {
        if (file.Root?["gates"] is not { IsMapping: true } section)
            return;
        foreach (var arrow in Gated.Where(a => gates.All(g => (g.From, g.To) != (a.From, a.To))))
            file.Report(section, RulebookRules.MissingGate, $"No gate decides over {Described(arrow)}.", "Add a gate with this trigger.");
    }

    private static ImmutableArray<ValidatorDefinition> ReadValidators(RulebookFile file, string gate, DocumentNode? list)
    {
        var validators = ImmutableArray.CreateBuilder<ValidatorDefinition>();
        foreach (var node in list?.Elements ?? default)
        {
            if (node["type"]?.AsString is not { } type)
                continue;
            var name = node["name"]?.AsString ?? type;
            if (!Validators.Contains(type))
                file.Report(node["type"]!.Value, RulebookRules.UnknownValidator, $"There is no validator {type}.", NearestName.Advice(type, Validators));
            else if (validators.Any(v => v.Name == name))
                file.Report(node["name"] ?? node["type"]!.Value, RulebookRules.DuplicateName, $"The gate {gate} has a validator {name} already.", "Give each a name of its own.");
            else
                validators.Add(new ValidatorDefinition(type, name, ReadParameters(node), TimeoutOf(file, node)));
        }
        return validators.ToImmutable();
    }

    private static ImmutableSortedDictionary<string, string> ReadParameters(DocumentNode node) => RulebookFile.Entries(node)
        .Where(e => !Common.Contains(e.Key))
        .ToImmutableSortedDictionary(e => e.Key, e => NodeJson.Write(e.Value), StringComparer.Ordinal);

    private static TimeSpan TimeoutOf(RulebookFile file, DocumentNode node) =>
        file.Number(node["timeout_seconds"]) is { } seconds and > 0 and <= 3600 ? TimeSpan.FromSeconds((double)seconds) : DefaultTimeout;

    private static string Described(Arrow arrow) => $"{Lifecycle.Wire(arrow.From)} to {Lifecycle.Wire(arrow.To)}";
}
