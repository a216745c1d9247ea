using Facialis.Platform.Database;
using Facialis.Platform.Identity.Lock;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Facialis.Web.Operation;

/// <summary>Ready means: the database answers and has every migration of this version.</summary>
internal sealed class DatabaseReady(FacialisDb db) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await db.Database.CanConnectAsync(cancellationToken)
        && !(await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any()
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy();
}

internal static class Health
{
    public static void MapFacialisHealth(this WebApplication app)
    {
        // Alive asks nothing: a database that is away is no reason to kill the process.
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous().WithMetadata(new OpenWhileLockedAttribute());
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = c => c.Tags.Contains("ready") }).AllowAnonymous().WithMetadata(new OpenWhileLockedAttribute());
    }
}
