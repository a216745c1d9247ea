using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Facialis.Platform.Hosting;
using Facialis.Platform.Modules;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Facialis.Platform.Identity;

/// <summary>On an empty database: makes the clinic and its first owner, without any password, and lets modules fill a demonstration.</summary>
internal sealed partial class FirstStart(
    FacialisDb db,
    UserManager<FacialisUser> users,
    CurrentClinic current,
    IEnumerable<IModule> modules,
    IServiceProvider services,
    FacialisSettings settings,
    TimeProvider clock,
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
        var clinic = new ClinicAccount
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()),
            Name = settings.Demonstration ? "Demonstration clinic" : settings.ClinicName,
            IsDemonstration = settings.Demonstration,
            CreatedAt = clock.GetUtcNow(),
        };
        db.Add(clinic);
        var owner = new FacialisUser
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()),
            ClinicId = clinic.Id,
            UserName = settings.OwnerEmail,
            Email = settings.OwnerEmail,
            EmailConfirmed = true,
            DisplayName = "Owner",
            Role = Role.Owner,
            IsFirstOwner = true,
        };
        var made = await users.CreateAsync(owner);
        if (!made.Succeeded)
        {
            throw new InvalidOperationException(
                $"The first owner could not be made: {string.Join(" ", made.Errors.Select(e => e.Description))}");
        }

        if (settings.Demonstration)
        {
            current.Enter(clinic.Id);
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
