using Facialis.Platform.Layout;

namespace Facialis.Web.Security;

/// <summary>What the browser is told to forbid, on every answer. docs/security.md says why for each.</summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    private const string Policy =
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; img-src 'self' data:";

    private const string CapturePolicy =
        "default-src 'self'; script-src 'self' 'unsafe-eval' 'wasm-unsafe-eval'; worker-src 'self' blob:; media-src 'self' blob:; "
        + "img-src 'self' blob: data:; connect-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext context)
    {
        // On starting, since an error page begins by clearing what was set before it.
        context.Response.OnStarting(() =>
        {
            var capture = context.GetEndpoint()?.Metadata.GetMetadata<RunsFaceMeshAttribute>() is not null;
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = capture ? CapturePolicy : Policy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Permissions-Policy"] = capture
                ? "camera=(self), microphone=(), geolocation=(), payment=(), usb=()"
                : "camera=(), microphone=(), geolocation=(), payment=(), usb=()";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            headers.XFrameOptions = "DENY";
            if (!headers.ContainsKey("Cache-Control"))
            {
                headers.CacheControl = "no-store"; // pages and answers hold patients' measurements
            }

            return Task.CompletedTask;
        });
        return next(context);
    }
}
