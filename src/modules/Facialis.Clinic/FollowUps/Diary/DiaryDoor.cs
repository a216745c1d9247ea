using System.Globalization;
using System.Security.Claims;
using System.Threading.RateLimiting;
using Facialis.Platform.Clinics;
using Facialis.Platform.Layout;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Facialis.Clinic.FollowUps.Diary;

/// <summary>Marks pages and endpoints that a diary link opens. Whoever is signed in on the device counts for nothing there.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OpenedByDiaryLinkAttribute : Attribute;

/// <summary>
/// Lets a request in by the link in its address: it then works for the link's clinic and may touch that one patient's diary, nothing else.
/// Everybody else finds a page that says the link does not work.
/// </summary>
internal sealed class DiaryDoor(RequestDelegate next, IConfiguration configuration) : IDisposable
{
    /// <summary>Claims of a request that came by a link.</summary>
    public const string LinkClaim = "facialis:diary-link";
    public const string PatientClaim = "facialis:diary-patient";

    public const string Setting = "Facialis:Diary:RequestsAMinute";

    private const string Scheme = "diary link";

    /// <summary>Requests that one address may make in a minute unless the setting says otherwise: enough for a waiting room behind one line, too few to try tokens.</summary>
    public const int MostAMinute = 60;

    private readonly PartitionedRateLimiter<string> _limit = PartitionedRateLimiter.Create<string, string>(address => RateLimitPartition.GetFixedWindowLimiter(
        address, _ => new FixedWindowRateLimiterOptions { PermitLimit = configuration.GetValue(Setting, MostAMinute), Window = TimeSpan.FromMinutes(1), QueueLimit = 0 }));

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<OpenedByDiaryLinkAttribute>() is null)
        {
            await next(context);
            return;
        }

        using var permit = _limit.AttemptAcquire(context.Connection.RemoteIpAddress?.ToString() ?? "");
        if (!permit.IsAcquired)
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            context.Response.Headers.RetryAfter = "60";
            await context.Response.WriteAsync("Too many requests. Please wait a minute. / Bitte eine Minute warten. / Espere un minuto.", context.RequestAborted);
            return;
        }

        context.User = new ClaimsPrincipal(new ClaimsIdentity());
        DiaryLink? link;
        await using (var scope = context.RequestServices.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope())
        {
            link = await scope.ServiceProvider.GetRequiredService<DiaryLinks>().FindInAnyClinic(context.GetRouteValue("token") as string ?? "", context.RequestAborted);
        }

        if (link is not null)
        {
            context.User = new ClaimsPrincipal(new ClaimsIdentity(
                [new Claim(CurrentClinic.Claim, link.ClinicId.ToString("D")), new Claim(LinkClaim, link.Id.ToString("D")), new Claim(PatientClaim, link.PatientId.ToString("D"))], Scheme));
        }

        if (link is null && context.Request.Path.StartsWithSegments("/api"))
        {
            await DiaryRecordings.Closed().ExecuteAsync(context); // the form token was for the link too, so nothing later could say this
            return;
        }

        context.Items[PageLanguage.Key] = DiaryTexts.Of(context.Request.Query["lang"].ToString() is { Length: > 0 } asked ? asked : link?.Language).Tag;
        await next(context);
    }

    public void Dispose() => _limit.Dispose();

    /// <summary>The patient whose link opened the page; null for everybody else.</summary>
    public static Guid? PatientOf(ClaimsPrincipal person) => IdIn(person, PatientClaim);

    public static Guid? LinkOf(ClaimsPrincipal person) => IdIn(person, LinkClaim);

    /// <summary>Says that the link is gone, by a page that says it in the patient's language.</summary>
    public static void AnswerClosed(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status410Gone;
        if (context.Features.Get<IStatusCodePagesFeature>() is { } pages)
        {
            pages.Enabled = false;
        }
    }

    private static Guid? IdIn(ClaimsPrincipal person, string claim) =>
        person.Identity?.AuthenticationType == Scheme && Guid.TryParse(person.FindFirstValue(claim), CultureInfo.InvariantCulture, out var id) ? id : null;
}
