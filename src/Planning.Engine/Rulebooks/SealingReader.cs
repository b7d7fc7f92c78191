using System.Collections.Immutable;
using Planning.Artifacts.Documents;
using Planning.Domain;
using Planning.Domain.Rulebooks;

namespace Planning.Engine.Rulebooks;

/// <summary>Reads <c>sealing.yaml</c>.</summary>
internal static class SealingReader
{
    public static SealingPolicy Read(RulebookFile file)
    {
        var section = file.Root?["sealing"];
        var algorithm = section?["algorithm"]?.AsString == "RSA-PSS-SHA256" ? SealAlgorithm.RsaPssSha256 : SealAlgorithm.RsaSha256;
        var verification = section?["verification"];
        var signers = ReadSigners(file, verification?["signers"]);
        if (verification?["required_signatures"] is { AsInt64: { } required } count && verification.Value["signers"] is { IsSequence: true, Elements.Count: var named } && required != named)
            file.Report(
                count, RulebookRules.SignerCount, $"{required} signatures are required, and {named} signers are named.",
                $"Write required_signatures: {named}, or name as many signers as are required.");
        return new SealingPolicy(algorithm, signers);
    }

    private static ImmutableArray<Role> ReadSigners(RulebookFile file, DocumentNode? list)
    {
        var roles = ImmutableArray.CreateBuilder<Role>();
        foreach (var node in list?.Elements ?? default)
        {
            if (RoleOf(node["role"]?.AsString) is not { } role)
                continue;
            if (roles.Contains(role))
                file.Report(node["role"]!.Value, RulebookRules.DuplicateSigner, $"The role {node["role"]!.Value.AsString} signs twice.", "Name each role once; a role signs with one key.");
            else
                roles.Add(role);
        }
        return roles.ToImmutable();
    }

    private static Role? RoleOf(string? name) => name switch
    {
        "planning_lead" => Role.PlanningLead,
        "technical_reviewer" => Role.TechnicalReviewer,
        _ => null,
    };
}
