using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Facialis.Platform.Hosting;
using Facialis.Platform.Identity.People;
using Facialis.Platform.Modules;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Facialis.Platform.Identity;

/// <summary>On an empty database: makes the clinic and its first owner, without any password, and lets modules fill a demonstration.</summary>
internal sealed partial class FirstStart(
    FacialisDb db,
    NewClinic newClinic,
    CurrentClinic current,
    IEnumerable<IModule> modules,
    IServiceProvider services,
    FacialisSettings settings,
    ILogger<FirstStart> log)
{
    public async Task RunAsync(CancellationToken cancellation)
    {
        if (await db.Set<ClinicAccount>().AnyAsync(cancellation))
        {
            return;
        }

        // All or nothing: a first start that dies half way must find an empty database the next time.
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var owner = await newClinic.MakeAsync(
            settings.Demonstration ? "Demonstration clinic" : settings.ClinicName, settings.OwnerEmail, settings.Demonstration, cancellation);
        if (settings.Demonstration)
        {
            current.Enter(owner.ClinicId);
            foreach (var module in modules)
            {
                await module.SeedDemonstrationAsync(services, cancellation);
            }
        }

        await transaction.CommitAsync(cancellation);
        Made(log, settings.Demonstration);
    }

    [LoggerMessage(LogLevel.Information, "First start: made a clinic and its owner (demonstration: {Demonstration})")]
    private static partial void Made(ILogger log, bool demonstration);
}
