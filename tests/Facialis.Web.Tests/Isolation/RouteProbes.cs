using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace Facialis.Web.Tests.Isolation;

/// <summary>A request with places for ids.</summary>
/// <param name="Name">Method, route and place, for people.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">Makes the address with this id in the probed place.</param>
/// <param name="Json">Makes the body, where there is one.</param>
/// <param name="Form">Makes the fields of a page's form, where there is one.</param>
internal sealed record RouteProbe(
    string Name, HttpMethod Method, Func<Guid, string> Path, Func<Guid, string>? Json = null, Func<Guid, Dictionary<string, string>>? Form = null);

/// <summary>Makes probes of every route of the host from what the routes say of themselves, so that a new route is probed without a word.</summary>
internal static class RouteProbes
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    public static List<RouteProbe> Of(RouteEndpoint route)
    {
        var text = "/" + route.RoutePattern.RawText!.TrimStart('/'); // routes without a pattern are left out before
        var page = route.Metadata.GetMetadata<ComponentTypeMetadata>()?.Type;
        var methods = page is not null ? ["GET"] : route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"];
        var hasId = route.RoutePattern.Parameters.Count > 0;
        var query = page is not null ? QueryOf(page) : QueryOf(route);
        var bodyType = route.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType;
        List<RouteProbe> probes = [];
        foreach (var method in methods.Select(name => new HttpMethod(name)))
        {
            Func<Guid, string>? body = method == HttpMethod.Get || method == HttpMethod.Head || method == HttpMethod.Delete ? null
                : bodyType is null ? _ => "" : id => Sample(bodyType, id, 0)?.ToJsonString() ?? "null";
            if (hasId)
            {
                probes.Add(new($"{method} {text} path", method, id => Filled(route, id), body is null ? null : _ => body(Guid.CreateVersion7())));
                probes.Add(new($"{method} {text} path and all", method, id => Filled(route, id) + Query(query, id), body));
            }

            if (query.Count > 0 || (body is not null && bodyType is not null))
            {
                probes.Add(new($"{method} {text} query and body", method, id => Filled(route, Guid.CreateVersion7()) + Query(query, id), body));
            }
        }

        if (page is not null)
        {
            probes.AddRange(FormsOf(page).Select(form => new RouteProbe(
                $"POST {text} form {form.Key}", HttpMethod.Post, id => Filled(route, id) + Query(query, id), null,
                id => new Dictionary<string, string>(form.SelectMany(p => Fields(p, id))) { ["_handler"] = form.Key })));
        }

        return probes;
    }

    private static string Filled(RouteEndpoint route, Guid id) => "/" + string.Join('/', route.RoutePattern.PathSegments
        .Select(segment => string.Concat(segment.Parts.Select(part => part switch
        {
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternSeparatorPart separator => separator.Content,
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart parameter =>
                route.RoutePattern.ParameterPolicies.TryGetValue(parameter.Name, out var policies) && policies.Any(p => p.Content is "int" or "long") ? "1" : id.ToString(),
            _ => "",
        }))));

    private static string Query(List<(string Name, Type Type)> query, Guid id) => query.Count == 0 ? "" : "?" + string.Join('&', query
        .Select(q => $"{q.Name}={Uri.EscapeDataString(Text(q.Type, id))}"));

    private static List<(string, Type)> QueryOf(Type page) => [.. page.GetProperties()
        .Where(p => p.GetCustomAttribute<SupplyParameterFromQueryAttribute>() is not null)
        .Select(p => (p.GetCustomAttribute<SupplyParameterFromQueryAttribute>()!.Name ?? p.Name, p.PropertyType))]; // filtered above

    /// <summary>Simple arguments of the handler that the path does not hold.</summary>
    private static List<(string, Type)> QueryOf(RouteEndpoint route) => route.Metadata.GetMetadata<MethodInfo>() is { } handler
        ? [.. handler.GetParameters()
            .Where(p => IsSimple(p.ParameterType) && p.Name is not null && route.RoutePattern.GetParameter(p.Name) is null)
            .Select(p => (p.Name!, p.ParameterType))]
        : [];

    private static IEnumerable<IGrouping<string, PropertyInfo>> FormsOf(Type page) => page
        .GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
        .Where(p => p.GetCustomAttribute<SupplyParameterFromFormAttribute>() is not null)
        .GroupBy(p => p.GetCustomAttribute<SupplyParameterFromFormAttribute>()!.FormName ?? ""); // filtered above

    private static IEnumerable<KeyValuePair<string, string>> Fields(PropertyInfo property, Guid id)
    {
        var name = property.GetCustomAttribute<SupplyParameterFromFormAttribute>()!.Name ?? property.Name; // asked for by the caller
        return IsSimple(property.PropertyType)
            ? [new(name, Text(property.PropertyType, id))]
            : property.PropertyType.GetProperties().Where(p => p.CanWrite && IsSimple(p.PropertyType)).Select(p => new KeyValuePair<string, string>($"{name}.{p.Name}", Text(p.PropertyType, id)));
    }

    private static bool IsSimple(Type type)
    {
        var inner = Nullable.GetUnderlyingType(type) ?? type;
        return inner == typeof(Guid) || inner == typeof(string) || inner.IsPrimitive || inner.IsEnum || inner == typeof(decimal)
            || inner == typeof(DateOnly) || inner == typeof(DateTimeOffset);
    }

    private static string Text(Type type, Guid id)
    {
        var inner = Nullable.GetUnderlyingType(type) ?? type;
        return inner == typeof(Guid) || inner == typeof(string) ? id.ToString()
            : inner == typeof(bool) ? "true"
            : inner.IsEnum ? Enum.GetNames(inner)[0]
            : inner == typeof(DateOnly) ? "2026-11-22"
            : inner == typeof(DateTimeOffset) ? "2026-11-22T12:00:00Z"
            : "1";
    }

    /// <summary>A body of this type with the id in every place for one.</summary>
    private static JsonNode? Sample(Type type, Guid id, int depth)
    {
        var inner = Nullable.GetUnderlyingType(type) ?? type;
        if (inner == typeof(bool) || (inner.IsPrimitive && inner != typeof(char)) || inner == typeof(decimal))
        {
            return inner == typeof(bool) ? JsonValue.Create(true) : JsonValue.Create(1);
        }

        if (IsSimple(inner))
        {
            return JsonValue.Create(Text(inner, id));
        }

        var element = inner.IsArray ? inner.GetElementType()
            : inner.GetInterfaces().Append(inner).FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>))?.GetGenericArguments()[0];
        if (element is not null)
        {
            return depth > 4 ? new JsonArray() : new JsonArray(Sample(element, id, depth + 1));
        }

        var made = new JsonObject();
        foreach (var property in depth > 4 ? [] : inner.GetProperties().Where(p => p.GetIndexParameters().Length == 0))
        {
            made[Web.PropertyNamingPolicy!.ConvertName(property.Name)] = Sample(property.PropertyType, id, depth + 1); // the web's names have a policy
        }

        return made;
    }
}
