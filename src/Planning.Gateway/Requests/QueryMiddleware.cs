using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Primitives;
using Planning.Contracts;
using Planning.Gateway.Errors;
using Planning.Gateway.OpenApi;

namespace Planning.Gateway.Requests;

/// <summary>
/// Refuses query parameters that the route does not have: a filter with a slip in its name would otherwise answer with
/// everything. Numbers and times that are none, and parameters that are missing, are refused here too, by name.
/// </summary>
internal sealed class QueryMiddleware(RequestDelegate next)
{
    /// <summary>Read from the query where a caller cannot set headers.</summary>
    private const string MinPosition = "min_position";

    public Task InvokeAsync(HttpContext http) => Refuse(http) is { } refused ? refused.ExecuteAsync(http) : next(http);

    private static ProblemResult? Refuse(HttpContext http)
    {
        if (http.GetEndpoint() is not RouteEndpoint endpoint || endpoint.Metadata.GetMetadata<KnowsItsQuery>() is null)
            return null;
        var parameters = endpoint.Metadata.OfType<IParameterBindingMetadata>()
            .Where(parameter => parameter.ParameterInfo.ParameterType != typeof(HttpContext) && endpoint.RoutePattern.GetParameter(parameter.Name) is null);
        if (parameters.FirstOrDefault(parameter => !parameter.IsOptional && !http.Request.Query.ContainsKey(parameter.Name)) is { } missing)
            return Problems.BadRequest("parameter_missing", $"This address needs the parameter {missing.Name}. Give it.", new ProblemError("parameter_missing", "It is needed.", missing.Name));
        if (http.Request.Query.Count == 0)
            return null;
        var known = parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.ParameterInfo.ParameterType, StringComparer.OrdinalIgnoreCase);
        if (endpoint.Metadata.OfType<TakesHeader>().Contains(TakesHeader.MinPosition))
            known.TryAdd(MinPosition, typeof(string));
        foreach (var (name, values) in http.Request.Query)
        {
            if (!known.TryGetValue(name, out var type))
                return Unknown(name, known.Keys);
            if (Fault(type, values) is { } fault)
                return Problems.BadRequest("parameter_invalid", $"The parameter {name} {fault}.", new ProblemError("parameter_invalid", fault, name));
        }
        return null;
    }

    private static ProblemResult Unknown(string name, IEnumerable<string> known)
    {
        var names = string.Join(", ", known.Order(StringComparer.Ordinal));
        return Problems.BadRequest(
            "parameter_unknown", $"This address has no parameter '{name}'; {(names.Length == 0 ? "it has none" : $"it has {names}")}.",
            new ProblemError("parameter_unknown", "Not a parameter of this address.", name));
    }

    private static string? Fault(Type type, StringValues values)
    {
        if (values.Count > 1)
            return "is given more than once";
        var wanted = Nullable.GetUnderlyingType(type) ?? type;
        var text = values.ToString();
        if (wanted == typeof(int))
            return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? null : $"is '{text}'; it is a whole number";
        if (wanted == typeof(long))
            return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? null : $"is '{text}'; it is a whole number";
        if (wanted == typeof(bool))
            return bool.TryParse(text, out _) ? null : $"is '{text}'; it is true or false";
        if (wanted == typeof(DateTimeOffset))
        {
            return Instants.SaysOffset(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _)
                ? null
                : $"is '{text}'; it is a time such as 2027-01-31T10:00:00Z, with Z or an offset at its end (in an address + is written %2B)";
        }
        return null;
    }
}

/// <summary>The route's parameters are all there are; what others map beside the gateway's routes is theirs.</summary>
internal sealed class KnowsItsQuery
{
    public static KnowsItsQuery Instance { get; } = new();
}
