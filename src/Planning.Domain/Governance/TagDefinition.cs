using System.Collections.Immutable;
using System.Globalization;
using Planning.Domain.Expressions;

namespace Planning.Domain.Governance;

/// <summary>A tag that plans can carry.</summary>
/// <param name="Name">As plans and conditions write it.</param>
/// <param name="Values">The values that it can take; empty when any will do.</param>
/// <param name="Default">Of a plan that does not carry it; null when it then has no value.</param>
public sealed record TagDefinition(string Name, ImmutableArray<string> Values, string? Default)
{
    /// <summary>A tag whose values are all whole numbers is a number in conditions.</summary>
    public ExpressionType Type => !Values.IsEmpty && Values.All(v => IsWhole(v, out _)) ? ExpressionType.Number : ExpressionType.Text;

    public bool Knows(string value) => Values.IsEmpty ? !string.IsNullOrWhiteSpace(value) : Values.Contains(value);

    /// <summary>The value in a condition; no data for none and for one that the tag does not know.</summary>
    public ExpressionValue ValueOf(string? written)
    {
        if ((written ?? Default) is not { } value || !Knows(value))
            return ExpressionValue.NoData.Instance;
        return Type == ExpressionType.Number && IsWhole(value, out var number) ? new ExpressionValue.Number(number) : new ExpressionValue.Text(value);
    }

    private static bool IsWhole(string value, out int number) => int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
}
