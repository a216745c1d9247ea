namespace Facialis.Web.Api;

/// <summary>Every failure has a readable answer: problem details under /api, a page elsewhere. Never a stack trace.</summary>
internal static class Problems
{
    public static void AddFacialisProblems(this IServiceCollection services)
    {
        services.AddProblemDetails();
        // As in production also in development: a request without a needed value is the caller's fault (400), not ours (500).
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = false);
    }

    public static void UseFacialisProblems(this WebApplication app)
    {
        app.UseWhen(IsApi, api =>
        {
            api.UseExceptionHandler();
            api.UseStatusCodePages();
        });
        app.UseWhen(context => !IsApi(context), pages =>
        {
            pages.UseExceptionHandler("/problem/500", createScopeForErrors: true);
            pages.UseStatusCodePagesWithReExecute("/problem/{0}", createScopeForStatusCodePages: true);
        });
    }

    private static bool IsApi(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/api") || context.Request.Path.StartsWithSegments("/openapi");
}
