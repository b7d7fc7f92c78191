using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Planning.Domain.Governance;

public enum RuleModeKind
{
    /// <summary>The rule asks for nothing.</summary>
    Off = 1,

    /// <summary>What is missing is shown and recorded, and stops nobody.</summary>
    Warn,

    /// <summary>What is missing stops the transition.</summary>
    Enforce,

    /// <summary>Enforced for a part of the plans; the others are warned.</summary>
    Percentage,
}

/// <summary>How hard a rule holds.</summary>
/// <param name="Percent">0 to 100; read for <see cref="RuleModeKind.Percentage"/> only.</param>
public sealed record RuleMode(RuleModeKind Kind, int Percent = 0)
{
    public static RuleMode Off { get; } = new(RuleModeKind.Off);
    public static RuleMode Warn { get; } = new(RuleModeKind.Warn);
    public static RuleMode Enforce { get; } = new(RuleModeKind.Enforce);

    /// <summary>Off, warn or enforce: what the mode means for one plan. A plan that is in at 10 percent is in at 20 percent too.</summary>
    public RuleModeKind For(string rule, PlanId plan) =>
        Kind != RuleModeKind.Percentage ? Kind
        : Bucket(rule, plan) < Percent ? RuleModeKind.Enforce
        : RuleModeKind.Warn;

    /// <summary>0 to 99, the same for ever; the rule takes part, so that several rules do not all begin with the same plans.</summary>
    private static int Bucket(string rule, PlanId plan) =>
        (int)(BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{rule}\n{plan.Value}"))) % 100);
}
