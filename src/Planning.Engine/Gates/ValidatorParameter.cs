using System.Globalization;
using System.Text.Json;
using Planning.Domain.Rulebooks;

namespace Planning.Engine.Gates;

public enum ParameterType
{
    /// <summary>A whole number.</summary>
    Whole,

    /// <summary>A number.</summary>
    Amount,

    /// <summary>true or false.</summary>
    Flag,

    /// <summary>One text.</summary>
    Text,

    /// <summary>A list of texts.</summary>
    Names,

    /// <summary>A number for each of some names.</summary>
    AmountsByName,
}

/// <summary>A parameter that a validator takes from <c>gates.yaml</c>.</summary>
/// <param name="Default">JSON text of what holds when it is not given.</param>
/// <param name="Min">Least value of a number.</param>
/// <param name="Max">Greatest value of a number.</param>
/// <param name="Choices">The only texts allowed; null allows every text.</param>
public sealed record ValidatorParameter(
    string Name, ParameterType Type, string Default, decimal Min = 0, decimal Max = int.MaxValue, IReadOnlyList<string>? Choices = null)
{
    /// <summary>What it does, for those who set it. Markdown.</summary>
    public string Meaning { get; init; } = "";

    /// <summary>What a value should be, such as <c>a whole number from 1 to 90</c>.</summary>
    public string Expected => Type switch
    {
        ParameterType.Whole => string.Create(CultureInfo.InvariantCulture, $"a whole number from {Min} to {Max}"),
        ParameterType.Amount => string.Create(CultureInfo.InvariantCulture, $"a number from {Min} to {Max}"),
        ParameterType.AmountsByName => string.Create(CultureInfo.InvariantCulture, $"a mapping of names to numbers from {Min} to {Max}"),
        ParameterType.Flag => "true or false",
        ParameterType.Text => Choices is null ? "a text" : string.Join(" or ", Choices),
        _ => "a list of texts",
    };

    public int WholeOf(ValidatorDefinition definition) => Value(definition).GetInt32();

    public decimal AmountOf(ValidatorDefinition definition) => Value(definition).GetDecimal();

    public bool FlagOf(ValidatorDefinition definition) => Value(definition).GetBoolean();

    public string TextOf(ValidatorDefinition definition) => Value(definition).GetString()!;

    public IReadOnlyList<string> NamesOf(ValidatorDefinition definition) => [.. Value(definition).EnumerateArray().Select(v => v.GetString()!)];

    public IReadOnlyDictionary<string, decimal> AmountsOf(ValidatorDefinition definition) =>
        Value(definition).EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetDecimal(), StringComparer.Ordinal);

    /// <summary>Null when the value fits, else what it should be.</summary>
    /// <param name="json">JSON text.</param>
    public string? Problem(string json)
    {
        JsonElement value;
        try
        {
            value = JsonElement.Parse(json);
        }
        catch (JsonException)
        {
            return $"'{Name}' has a value that is no JSON: {json}.";
        }
        return Type switch
        {
            ParameterType.Whole => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var whole) && whole >= Min && whole <= Max,
            ParameterType.Amount => IsAmount(value),
            ParameterType.Flag => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            ParameterType.Text => value.ValueKind == JsonValueKind.String && Allowed(value),
            ParameterType.AmountsByName => value.ValueKind == JsonValueKind.Object && value.EnumerateObject().All(p => IsAmount(p.Value)),
            _ => value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(v => v.ValueKind == JsonValueKind.String && Allowed(v)),
        } ? null : $"'{Name}' is {json}; it should be {Expected}.";
    }

    /// <summary>Everything that is wrong with the parameters of a validator of this kind.</summary>
    public static IEnumerable<string> Problems(IValidator validator, ValidatorDefinition definition)
    {
        foreach (var (name, json) in definition.Parameters)
        {
            if (validator.Parameters.FirstOrDefault(p => p.Name == name) is not { } parameter)
                yield return $"'{name}' is no parameter of {validator.Type}; it takes {Known(validator)}.";
            else if (parameter.Problem(json) is { } problem)
                yield return problem;
        }
    }

    private static string Known(IValidator validator) =>
        validator.Parameters.Count == 0 ? "none" : string.Join(", ", validator.Parameters.Select(p => p.Name));

    private bool IsAmount(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var amount) && amount >= Min && amount <= Max;

    private bool Allowed(JsonElement value) => Choices is null || Choices.Contains(value.GetString()!);

    private JsonElement Value(ValidatorDefinition definition) => JsonElement.Parse(definition.Parameters.GetValueOrDefault(Name, Default));
}
