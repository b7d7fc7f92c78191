namespace Planning.Engine.Handoff.Packs;

/// <summary>What is wrong with a pack, for a person and for a program.</summary>
/// <param name="Code">Stable, snake_case, listed in docs/evidence-pack.md.</param>
/// <param name="What">One sentence.</param>
/// <param name="Where">The member, artifact, key or person.</param>
public sealed record PackFault(string Code, string What, string Where, string Expected, string Found);

/// <summary>What the verification came to.</summary>
public abstract record PackVerdict
{
    private PackVerdict() { }

    /// <summary>Nothing is damaged, and every required signer's key is one that the verifier trusts.</summary>
    public sealed record Verified(PackSummary Summary) : PackVerdict;

    /// <summary>Nothing is damaged, but nobody said which keys to trust: a pack forged in full looks the same.</summary>
    public sealed record IntactButUntrusted(PackSummary Summary) : PackVerdict;

    /// <param name="Fault">The first thing that is wrong.</param>
    public sealed record Rejected(PackFault Fault) : PackVerdict;
}
