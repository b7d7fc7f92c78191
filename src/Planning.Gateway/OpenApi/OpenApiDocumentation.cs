using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Planning.Gateway.Identity;

namespace Planning.Gateway.OpenApi;

/// <summary>What the published description has beside routes and their types: headers, files, streams, the credential.</summary>
internal static class OpenApiDocumentation
{
    private const string SchemeName = "api_key";

    public static IServiceCollection AddOpenApiDocumentation(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Planning",
                Version = "v1",
                Description = "Plans from artifacts to digest. Every error is a problem document with a stable code; docs/errors.md lists them.",
            };
            // The address is the reader's own affair, and would make the description differ from server to server.
            document.Servers = [];
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
            document.Components.SecuritySchemes[SchemeName] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "An API key: plk_<key id>_<secret>.",
            };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            var metadata = context.Description.ActionDescriptor.EndpointMetadata;
            foreach (var header in metadata.OfType<TakesHeader>())
            {
                (operation.Parameters ??= []).Add(new OpenApiParameter
                {
                    Name = header.Name,
                    In = ParameterLocation.Header,
                    Description = header.Description,
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                });
            }
            if (metadata.OfType<TakesBytes>().Any())
                operation.RequestBody = new OpenApiRequestBody { Required = true, Content = new Dictionary<string, OpenApiMediaType> { ["*/*"] = Binary() } };
            if (metadata.OfType<GivesBytes>().Any())
                Answer(operation, "*/*", Binary());
            if (metadata.OfType<GivesCalendar>().Any())
                Answer(operation, "text/calendar", new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String } });
            if (metadata.OfType<GivesStream>().Any())
                Answer(operation, "text/event-stream", new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String } });
            if (metadata.OfType<Demand>().FirstOrDefault() is { } demand)
            {
                operation.Description = $"Needs one of the permissions: {string.Join(", ", demand.AnyOf.Select(p => Domain.Snake.Case(p.ToString())))}.";
                (operation.Security ??= []).Add(new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(SchemeName, context.Document)] = [] });
            }
            return Task.CompletedTask;
        });
    });

    private static OpenApiMediaType Binary() => new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } };

    private static void Answer(OpenApiOperation operation, string contentType, OpenApiMediaType media) =>
        (operation.Responses ??= [])["200"] = new OpenApiResponse { Description = "OK", Content = new Dictionary<string, OpenApiMediaType> { [contentType] = media } };
}
