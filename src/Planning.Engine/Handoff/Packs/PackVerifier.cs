namespace Planning.Engine.Handoff.Packs;

/// <summary>
/// Judges a pack offline: bytes and trust in, a verdict out.
/// <list type="number">
/// <item>it is a pack: JSON, canonical, of a known version</item>
/// <item>its digest fits: nothing was changed since it was written</item>
/// <item>artifacts and evidence have the checksums of the manifest</item>
/// <item>the manifest is the one that the history speaks of</item>
/// <item>rulebook files, gate reports and content hash are those of the manifest</item>
/// <item>each signature is one, by a registered key that was valid then</item>
/// <item>the signers are those that the seal asks for: distinct persons, distinct keys, every role, never the author</item>
/// <item>the verifier trusts their keys</item>
/// </list>
/// Steps 1 to 7 can all be met by somebody who makes a pack with keys of their own; only step 8 tells them apart.
/// </summary>
public static class PackVerifier
{
    /// <param name="trust">Null when the verifier has said nothing of trust; the best answer is then "intact, but untrusted".</param>
    public static PackVerdict Verify(ReadOnlyMemory<byte> pack, TrustedKeys? trust, PackOptions? options = null)
    {
        if (PackReader.Read(pack, options ?? PackOptions.Default, out var contents) is { } unreadable)
            return new PackVerdict.Rejected(unreadable);
        var fault = Faults(contents!, trust).FirstOrDefault();
        if (fault is not null)
            return new PackVerdict.Rejected(fault);
        var summary = PackSummary.Of(contents!);
        return trust is null ? new PackVerdict.IntactButUntrusted(summary) : new PackVerdict.Verified(summary);
    }

    /// <summary>Lazy: a step is taken only when those before it found nothing.</summary>
    private static IEnumerable<PackFault> Faults(PackContents contents, TrustedKeys? trust) =>
        PackFiles.ArtifactFaults(contents)
            .Concat(PackHistory.Faults(contents))
            .Concat(PackFiles.RulebookFaults(contents))
            .Concat(PackGateRuns.Faults(contents))
            .Concat(PackFiles.ContentFaults(contents))
            .Concat(PackSeal.SignatureFaults(contents))
            .Concat(PackSeal.SignerFaults(contents))
            .Concat(trust is null ? [] : trust.Faults(contents.Pack.Signatures));
}
