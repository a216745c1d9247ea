using Facialis.Platform.Clinics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Facialis.Platform.Audit;

/// <summary>Notes when a signed-in person asks by id for what is not there, or is another clinic's: who tries ids leaves a trace.</summary>
/// <remarks>Stands after authentication. The route's pattern and the id are kept, nothing else of the address.</remarks>
public sealed partial class TriedIds(RequestDelegate next, ILogger<TriedIds> log)
{
    public async Task InvokeAsync(HttpContext context, AuditTrail audit, CurrentClinic clinic)
    {
        await next(context);
        if (clinic.Id == Guid.Empty || context.GetEndpoint() is not RouteEndpoint { RoutePattern.RawText: { } route }
            || context.Response.StatusCode != StatusCodes.Status404NotFound || FirstId(context) is not { } id)
        {
            return;
        }

        try
        {
            var what = $"{context.Request.Method} {route}";
            await audit.NoteNowAsync(
                AuditAction.Refused, what[..Math.Min(what.Length, AuditEntry.MaxWhatLength)], id, patient: null, "not there", CancellationToken.None);
        }
#pragma warning disable CA1031 // The answer is given already; a refusal that cannot be noted must not become another failure.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            NotNoted(log, failure, route);
        }
    }

    /// <summary>The first id in the path, or else in the query.</summary>
    private static Guid? FirstId(HttpContext context)
    {
        foreach (var value in context.Request.RouteValues.Values.Select(v => v?.ToString()).Concat(context.Request.Query.SelectMany(q => q.Value)))
        {
            if (Guid.TryParse(value, out var id))
            {
                return id;
            }
        }

        return null;
    }

    [LoggerMessage(LogLevel.Error, "A refused access to {Route} could not be noted")]
    private static partial void NotNoted(ILogger log, Exception failure, string route);
}
