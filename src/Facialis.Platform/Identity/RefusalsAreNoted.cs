using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Facialis.Platform.Identity;

/// <summary>Writes down that a signed-in person asked for what the role does not allow, then answers as always.</summary>
internal sealed class RefusalsAreNoted : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler _answer = new();

    public async Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Forbidden)
        {
            var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "";
            var permission = context.GetEndpoint()?.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(a => a.Policy).OfType<string>().LastOrDefault();
            await context.RequestServices.GetRequiredService<IdentityTrail>()
                .RefusedAsync($"{context.Request.Method} {route}", permission, context.RequestAborted);
        }

        await _answer.HandleAsync(next, context, policy, authorizeResult);
    }
}
