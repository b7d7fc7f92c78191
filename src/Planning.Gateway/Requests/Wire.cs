using System.Collections.Frozen;
using Planning.Domain;
using Planning.Domain.Plans;

namespace Planning.Gateway.Requests;

/// <summary>Enumerations as they are written on the wire.</summary>
internal static class Wire
{
    public static string Name<TEnum>(TEnum value) where TEnum : struct, Enum => Names<TEnum>.ByValue[value];

    public static string Name(PlanStatus value) => StatusNames[value];

    public static TEnum? Find<TEnum>(string name) where TEnum : struct, Enum =>
        Names<TEnum>.ByName.TryGetValue(name, out var value) ? value : null;

    public static PlanStatus? FindStatus(string name)
    {
        foreach (var (status, wire) in StatusNames)
        {
            if (wire.Equals(name, StringComparison.OrdinalIgnoreCase))
                return status;
        }
        return null;
    }

    public static IEnumerable<string> All<TEnum>() where TEnum : struct, Enum => Enum.GetValues<TEnum>().Select(Name);

    public static IEnumerable<string> Statuses => Enum.GetValues<PlanStatus>().Select(Name);

    private static readonly FrozenDictionary<PlanStatus, string> StatusNames =
        Enum.GetValues<PlanStatus>().ToFrozenDictionary(s => s, Lifecycle.Wire);

    private static class Names<TEnum> where TEnum : struct, Enum
    {
        public static readonly FrozenDictionary<TEnum, string> ByValue =
            Enum.GetValues<TEnum>().ToFrozenDictionary(v => v, v => Snake.Case(v.ToString()));

        public static readonly FrozenDictionary<string, TEnum> ByName = ByValue.ToFrozenDictionary(n => n.Value, n => n.Key, StringComparer.Ordinal);
    }
}
