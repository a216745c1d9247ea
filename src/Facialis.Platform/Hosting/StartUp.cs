using Facialis.Platform.Audit;
using Facialis.Platform.Database;
using Facialis.Platform.Identity;
using Facialis.Platform.Secrets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Facialis.Platform.Hosting;

/// <summary>Brings data folder and database up to date before the first request is served.</summary>
public sealed partial class StartUp(IServiceProvider services, FacialisSettings settings, AuditKey auditKey, ILogger<StartUp> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        PrivateFolder.Create(settings.DataFolderPath);
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<FacialisDb>();
        // Two processes that start at once must not both migrate, nor both make a first owner.
        await using (await db.HoldStartLockAsync(cancellationToken))
        {
            _ = auditKey.PublicKey; // makes the key where there is none
            await BringUpToDateAsync(cancellationToken);
            await db.CheckGuardAsync(cancellationToken);
            await scope.ServiceProvider.GetRequiredService<MasterKeyCheck>().RunAsync(cancellationToken);
            await scope.ServiceProvider.GetRequiredService<FirstStart>().RunAsync(cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task BringUpToDateAsync(CancellationToken cancellation)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<FacialisDb>();
        db.ActAsOwner();
        var missing = (await db.Database.GetPendingMigrationsAsync(cancellation)).ToList();
        if (missing.Count > 0)
        {
            Migrating(log, missing.Count, missing[^1]);
            await db.Database.MigrateAsync(cancellation);
        }

        await db.GuardRowsAsync(cancellation);
    }

    [LoggerMessage(LogLevel.Information, "Applying {Count} migrations, up to {Last}")]
    private static partial void Migrating(ILogger log, int count, string last);
}
