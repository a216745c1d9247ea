using Microsoft.AspNetCore.Antiforgery;

namespace Facialis.Web.Api;

/// <summary>Refuses a change through /api by a caller who is known by cookie alone.</summary>
/// <remarks>
/// The browser adds the cookie to any request, also to one that a foreign page makes; the header RequestVerificationToken
/// only our own pages can add (its value is in the page's meta element "antiforgery"). It runs before the body is read.
/// </remarks>
internal sealed class ApiGuard(RequestDelegate next, IAntiforgery antiforgery, IProblemDetailsService problems)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Path.StartsWithSegments("/api")
            && !IsSafe(context.Request.Method)
            && !await antiforgery.IsRequestValidAsync(context))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await problems.WriteAsync(new ProblemDetailsContext
            {
                HttpContext = context,
                ProblemDetails =
                {
                    Status = StatusCodes.Status400BadRequest,
                    Title = "The antiforgery header is missing or wrong.",
                    Detail = "Send the header RequestVerificationToken with the value that the page gives in its meta element \"antiforgery\".",
                },
            });
            return;
        }

        await next(context);
    }

    private static bool IsSafe(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method);
}
