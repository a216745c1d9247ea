using System.Diagnostics;

namespace Facialis.Web.Operation;

/// <summary>One line per request: method, route, status, time. Never a path, query or body, since those may hold ids, tokens or names.</summary>
internal sealed partial class RequestLog(RequestDelegate next, TimeProvider clock, ILogger<RequestLog> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var began = clock.GetTimestamp();
        var traceId = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;
        try
        {
            await next(context);
        }
        finally
        {
            // A file or an unknown address has no route; its path is then left out as well.
            var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(no route)";
            Served(log, context.Request.Method, route, context.Response.StatusCode, clock.GetElapsedTime(began).TotalMilliseconds, traceId);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Method} {Route} {Status} {ElapsedMs:F1} ms {TraceId}")]
    private static partial void Served(ILogger log, string method, string route, int status, double elapsedMs, string traceId);
}
