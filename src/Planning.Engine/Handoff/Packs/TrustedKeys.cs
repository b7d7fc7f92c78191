using System.Collections.Immutable;
using Planning.Domain;

namespace Planning.Engine.Handoff.Packs;

/// <summary>The keys that a verifier trusts, got by another way than the pack.</summary>
/// <param name="Roles">Fingerprint to the only role in which the key may sign; null for any.</param>
public sealed record TrustedKeys(ImmutableDictionary<string, Role?> Roles)
{
    public static TrustedKeys Of(params IEnumerable<string> fingerprints) => new(fingerprints.ToImmutableDictionary(f => f, _ => (Role?)null));

    public static TrustedKeys None { get; } = new(ImmutableDictionary<string, Role?>.Empty);

    /// <summary>Both sets together; a key that either trusts in one role only stays so.</summary>
    public TrustedKeys And(TrustedKeys other) => other.Roles.Aggregate(this, (all, key) => all.With(key.Key, key.Value));

    internal TrustedKeys With(string fingerprint, Role? role) => new(Roles.SetItem(fingerprint, role ?? Roles.GetValueOrDefault(fingerprint)));

    internal IEnumerable<PackFault> Faults(IEnumerable<PackSignature> signatures)
    {
        foreach (var s in signatures)
        {
            var where = $"signature of {s.Signer} ({Snake.Case(s.Role.ToString())})";
            if (!Roles.TryGetValue(s.KeyFingerprint, out var role))
                yield return new PackFault("key_not_trusted", "The pack is signed by keys you do not trust.", where, $"one of your {Roles.Count} trusted keys", s.KeyFingerprint);
            else if (role is { } only && only != s.Role)
                yield return new PackFault("role_not_trusted", "You trust this key in another role only.", where, Snake.Case(only.ToString()), Snake.Case(s.Role.ToString()));
        }
    }
}
