using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Platform.Identity.People;

/// <summary>Makes a clinic and its first owner, who has no password and comes in by a one-time link.</summary>
public sealed class NewClinic(FacialisDb db, UserManager<FacialisUser> users, TimeProvider clock)
{
    /// <summary>Adds both within the caller's transaction, or one of its own.</summary>
    /// <returns>The first owner, whose clinic is the new one.</returns>
    /// <exception cref="InvalidOperationException">The e-mail address is not one, or someone has it already. The message says which.</exception>
    public async Task<FacialisUser> MakeAsync(string name, string ownerEmail, bool isDemonstration, CancellationToken cancellation)
    {
        await using var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancellation) : null;
        var clinic = new ClinicAccount
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()),
            Name = name,
            IsDemonstration = isDemonstration,
            CreatedAt = clock.GetUtcNow(),
        };
        db.Add(clinic);
        await db.SaveChangesAsync(cancellation);
        var owner = new FacialisUser
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()),
            ClinicId = clinic.Id,
            UserName = ownerEmail,
            Email = ownerEmail,
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

        if (own is not null)
        {
            await own.CommitAsync(cancellation);
        }

        return owner;
    }
}
