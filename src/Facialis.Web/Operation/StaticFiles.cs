using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.StaticFiles;

namespace Facialis.Web.Operation;

/// <summary>Files of wwwroot: the style sheet, the islands and the face mesh package.</summary>
internal static class StaticFiles
{
    public static void UseFacialisStaticFiles(this WebApplication app)
    {
        var types = new FileExtensionContentTypeProvider();
        types.Mappings[".data"] = "application/octet-stream";
        types.Mappings[".binarypb"] = "application/octet-stream";
        types.Mappings[".tflite"] = "application/octet-stream";
        types.Mappings[".wasm"] = "application/wasm"; // the browser compiles it while it loads only under this name
        app.UseStaticFiles(new StaticFileOptions
        {
            ContentTypeProvider = types,
            OnPrepareResponse = file => file.Context.Response.Headers.CacheControl =
                // The name of an island changes with its content, so it may be kept for ever; all else is asked for again.
                file.Context.Request.Path.StartsWithSegments("/islands/assets") ? "public, max-age=31536000, immutable" : "no-cache",
        });
    }

    /// <summary>Behind a reverse proxy the scheme and address of the caller come in headers; believed only from the loopback address.</summary>
    public static void UseForwardedHeadersIfTrusted(this WebApplication app) => app.UseForwardedHeaders(new ForwardedHeadersOptions
    {
        ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
    });
}
