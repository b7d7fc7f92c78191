using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Planning.Artifacts.Canonical;
using Planning.Domain;
using Planning.Domain.Rulebooks;

namespace Planning.Engine.Gates;

/// <summary>What makes two checks the same check.</summary>
internal static class CacheKeys
{
    /// <summary>Over the canonical JSON of the parameters, so that their spelling does not matter.</summary>
    /// <exception cref="CanonicalJsonException">A value is no JSON.</exception>
    public static string OfParameters(ValidatorDefinition definition)
    {
        var parameters = new JsonObject(definition.Parameters.Select(p => KeyValuePair.Create(p.Key, JsonNode.Parse(p.Value))));
        return Checksum.Of(CanonicalJson.Canonicalize(parameters));
    }

    /// <summary>Names and hashes of all artifacts: a validator may look at any of them.</summary>
    public static string OfArtifacts(IEnumerable<GateArtifact> artifacts) =>
        Hash([.. artifacts.SelectMany(a => (string[])[a.Name, a.Hash.Value, a.Evidence ? "evidence" : "content"])]);

    public static string OfCheck(WorkspaceId workspace, IValidator validator, string parametersHash, string scope, string artifactsHash) =>
        Hash(workspace.Value, validator.Type, validator.Version, parametersHash, scope, artifactsHash);

    /// <summary>What makes a check the same in another process.</summary>
    public static string OfKept(string check, string code, string limits) => Hash(check, code, limits);

    /// <summary>Short: it tells builds apart, and need not resist anybody.</summary>
    public static string OfBuild(IEnumerable<Guid> modules) => Hash([.. modules.Select(m => m.ToString())])[..16];

    /// <summary>Each part with its length before it, so that no two lists share a text.</summary>
    private static string Hash(params ReadOnlySpan<string> parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
            text.Append(CultureInfo.InvariantCulture, $"{part.Length}:{part};");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
