using System.Collections.Immutable;

namespace Planning.Domain.Rulebooks;

public enum SealAlgorithm
{
    /// <summary>RSASSA-PKCS1-v1_5 with SHA-256: the seed's <c>RSA-SHA256</c>.</summary>
    RsaSha256 = 1,

    /// <summary>RSASSA-PSS with SHA-256 and a salt of 32 bytes.</summary>
    RsaPssSha256,
}

/// <summary>How a manifest is sealed: one distinct person with a key of their own for each role named.</summary>
public sealed record SealingPolicy(SealAlgorithm Algorithm, ImmutableArray<Role> RequiredSigners);
