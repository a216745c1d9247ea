using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.OpenApi;

namespace Facialis.Clinic;

/// <summary>Puts an example beside the description of an endpoint in the OpenAPI document.</summary>
internal static class ApiExamples
{
    /// <summary>An example of what to send, as JSON.</summary>
    public static RouteHandlerBuilder WithRequestExample(this RouteHandlerBuilder endpoint, string json) =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            Put(operation.RequestBody?.Content, json);
            return Task.CompletedTask;
        });

    /// <summary>An example of what a good answer holds, as JSON.</summary>
    public static RouteHandlerBuilder WithAnswerExample(this RouteHandlerBuilder endpoint, string json) =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            Put(operation.Responses?.GetValueOrDefault("200")?.Content, json);
            return Task.CompletedTask;
        });

    private static void Put(IDictionary<string, OpenApiMediaType>? content, string json)
    {
        if (content?.TryGetValue("application/json", out var media) == true)
        {
            media.Example = JsonNode.Parse(json);
        }
    }
}
