using Planning.Domain.Rulebooks;

namespace Planning.Engine.Handoff;

/// <summary>The names of seal algorithms in manifests and packs.</summary>
public static class SealAlgorithms
{
    public const string Pkcs1 = "RSA-SHA256";
    public const string Pss = "RSA-PSS-SHA256";

    public static string NameOf(SealAlgorithm algorithm) => algorithm == SealAlgorithm.RsaPssSha256 ? Pss : Pkcs1;

    /// <summary>Null for a name that this release does not know.</summary>
    public static SealAlgorithm? Find(string name) => name switch
    {
        Pkcs1 => SealAlgorithm.RsaSha256,
        Pss => SealAlgorithm.RsaPssSha256,
        _ => null,
    };
}
