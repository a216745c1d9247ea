using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Facialis.Platform.Identity.Lock;

/// <summary>Refuses what a locked screen must not show, and what needs a recent proof of who one is. Stands behind authorization.</summary>
internal sealed class PresenceGate(RequestDelegate next, ScreenLock screen, IProblemDetailsService problems)
{
    public const string LockedProblem = "screen-locked";

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.User.Identity?.IsAuthenticated == true && context.GetEndpoint() is { } endpoint)
        {
            if (screen.IsLocked(context))
            {
                if (endpoint.Metadata.GetMetadata<OpenWhileLockedAttribute>() is null)
                {
                    await RefuseAsync(context, LockedProblem, "The screen is locked.", "Unlock it with your passkey or password.", "/locked");
                    return;
                }
            }
            else
            {
                if (IsOfAPerson(context.Request))
                {
                    screen.NoteActivity(context);
                }

                if (endpoint.Metadata.GetMetadata<RequireRecentSignInAttribute>() is not null && !screen.IsRecent(context))
                {
                    await RefuseAsync(
                        context, RequireRecentSignInAttribute.Problem, "Please confirm that it is you.",
                        "This needs a passkey, password or code that was given within the last 5 minutes.", "/confirm");
                    return;
                }
            }
        }

        await next(context);
    }

    /// <summary>Opening a page by hand tells of a person before the screen; a script's call and a page that loads itself anew do not.</summary>
    /// <remarks>Browsers say which it is. A caller that does not say is a program that somebody runs.</remarks>
    private static bool IsOfAPerson(HttpRequest request) =>
        !request.Headers.TryGetValue("Sec-Fetch-Mode", out var mode)
        || (mode == "navigate" && request.Headers.ContainsKey("Sec-Fetch-User"));

    private async Task RefuseAsync(HttpContext context, string type, string title, string detail, string page)
    {
        // A link to a download is opened like a page, by someone who wants to read words.
        if (!context.Request.Path.StartsWithSegments("/api")
            || (HttpMethods.IsGet(context.Request.Method) && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal)))
        {
            var back = context.Request.PathBase + context.Request.Path + context.Request.QueryString;
            context.Response.Redirect($"{page}?from={Uri.EscapeDataString(back)}");
            return;
        }

        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        await problems.WriteAsync(new ProblemDetailsContext
        {
            HttpContext = context,
            ProblemDetails = new ProblemDetails { Status = StatusCodes.Status401Unauthorized, Type = type, Title = title, Detail = detail },
        });
    }
}

public static class PresenceGateUse
{
    /// <summary>Holds locked screens and stale proofs back. Behind authorization, ahead of everything that answers.</summary>
    public static void UsePresenceGate(this IApplicationBuilder app) => app.UseMiddleware<PresenceGate>();
}
