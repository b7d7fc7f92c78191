using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Planning.Contracts;

namespace Planning.Gateway.Requests;

/// <summary>Successful answers, written by the serializer that was made at build time.</summary>
internal static class Answers
{
    public static IResult Ok<T>(T value, Func<ContractsJson, JsonTypeInfo<T>> type) => Results.Json(value, type(ContractsJson.Lenient));

    public static IResult Accepted<T>(HttpContext http, string location, T value, Func<ContractsJson, JsonTypeInfo<T>> type) =>
        At(http, location, StatusCodes.Status202Accepted, value, type);

    public static IResult Created<T>(HttpContext http, string location, T value, Func<ContractsJson, JsonTypeInfo<T>> type) =>
        At(http, location, StatusCodes.Status201Created, value, type);

    private static IResult At<T>(HttpContext http, string location, int status, T value, Func<ContractsJson, JsonTypeInfo<T>> type)
    {
        http.Response.Headers.Location = location;
        return Results.Json(value, type(ContractsJson.Lenient), statusCode: status);
    }
}
