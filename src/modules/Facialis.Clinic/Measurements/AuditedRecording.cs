using Facialis.Platform.Audit;
using Facialis.Platform.Database;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Facialis.Clinic.Measurements;

/// <summary>Notes, before the answer is given, who looked at a recording or took it out.</summary>
internal static class AuditedRecording
{
    /// <summary>The answer shows something of the recording in the path.</summary>
    public static RouteHandlerBuilder AuditedRead(this RouteHandlerBuilder endpoint, string what) => endpoint.Audited(AuditAction.Read, what);

    /// <summary>The answer is a file that somebody keeps.</summary>
    public static RouteHandlerBuilder AuditedExport(this RouteHandlerBuilder endpoint, string what) => endpoint.Audited(AuditAction.Export, what);

    private static RouteHandlerBuilder Audited(this RouteHandlerBuilder endpoint, AuditAction action, string what) =>
        endpoint.AddEndpointFilter(async (call, next) =>
        {
            var answer = await next(call);
            var request = call.HttpContext;
            if (ShowsSomething(answer) && Guid.TryParse(request.Request.RouteValues["id"]?.ToString(), out var id))
            {
                var patient = await request.RequestServices.GetRequiredService<FacialisDb>().Set<Recording>()
                    .Where(r => r.Id == id).Select(r => (Guid?)r.PatientId).SingleOrDefaultAsync(request.RequestAborted);
                await request.RequestServices.GetRequiredService<AuditTrail>().NoteNowAsync(action, what, id, patient, null, request.RequestAborted);
            }

            return answer;
        });

    /// <summary>A refusal is no reading, and neither is the question how far the measuring has come.</summary>
    private static bool ShowsSomething(object? answer)
    {
        while (answer is INestedHttpResult nested)
        {
            answer = nested.Result;
        }

        return answer switch
        {
            IValueHttpResult { Value: RecordingResource { State: not RecordingState.Complete } } => false,
            IStatusCodeHttpResult { StatusCode: { } status } => status is >= 200 and < 300,
            _ => true, // a file says no status before it is sent
        };
    }
}
