using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Platform.Identity.People;

/// <summary>The people of the own clinic: their roles, and whether they may sign in. A clinic never loses its last owner.</summary>
internal sealed class ClinicPeople(
    FacialisDb db, CurrentClinic clinic, UserManager<FacialisUser> users, SignInLinks links, EndedSignIns ended, IdentityTrail trail, TimeProvider clock)
{
    public async Task<IReadOnlyList<FacialisUser>> AllAsync(CancellationToken cancellation) =>
        await Own.AsNoTracking().OrderBy(u => u.DisplayName).ThenBy(u => u.Id).ToListAsync(cancellation);

    /// <summary>Gives another role; the person is signed out and comes back with it.</summary>
    public Task<PeopleOutcome> ChangeRoleAsync(Guid id, string role, CancellationToken cancellation) =>
        Role.All.Contains(role) ? ChangeAsync(id, "role changed", role, person => person.Role = role, cancellation) : Task.FromResult(PeopleOutcome.NoSuchRole);

    /// <summary>Signs the person out everywhere and lets nobody in on that account until it is enabled again.</summary>
    public Task<PeopleOutcome> DisableAsync(Guid id, CancellationToken cancellation) =>
        ChangeAsync(id, "person disabled", null, person => person.DisabledAt ??= clock.GetUtcNow(), cancellation);

    public Task<PeopleOutcome> EnableAsync(Guid id, CancellationToken cancellation) =>
        ChangeAsync(id, "person enabled", null, person => person.DisabledAt = null, cancellation);

    /// <summary>Signs the person out everywhere: a device was lost, or was left open.</summary>
    public Task<PeopleOutcome> EndSignInsAsync(Guid id, CancellationToken cancellation) =>
        ChangeAsync(id, "sign-ins ended", null, _ => { }, cancellation);

    /// <summary>A one-time link for someone who has lost every key. Returns its token; null when there is no such person who may sign in.</summary>
    public async Task<string?> LetInAsync(Guid id, CancellationToken cancellation)
    {
        if (!await Own.AnyAsync(u => u.Id == id && u.DisabledAt == null, cancellation))
        {
            return null;
        }

        await trail.PeopleChangedAsync("one-time link made", id, null, cancellation);
        return await links.IssueAsync(id, cancellation);
    }

    private IQueryable<FacialisUser> Own => db.Users.Where(u => u.ClinicId == clinic.Id);

    private async Task<PeopleOutcome> ChangeAsync(
        Guid id, string what, string? detail, Action<FacialisUser> change, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        // Holds off every other change of this clinic's people until the end: two owners who demote each other at once would else leave none.
        await db.Set<ClinicAccount>().Where(c => c.Id == clinic.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.Name, c => c.Name), cancellation);
        if (await Own.SingleOrDefaultAsync(u => u.Id == id, cancellation) is not { } person)
        {
            return PeopleOutcome.NotFound;
        }

        await db.Entry(person).ReloadAsync(cancellation); // the page may have read it before the lock
        change(person);
        if ((person.Role != Role.Owner || person.DisabledAt is not null)
            && !await Own.AnyAsync(u => u.Id != id && u.Role == Role.Owner && u.DisabledAt == null, cancellation))
        {
            await db.Entry(person).ReloadAsync(cancellation);
            return PeopleOutcome.LastOwner;
        }

        var saved = await users.UpdateSecurityStampAsync(person); // saves the change with it
        if (!saved.Succeeded)
        {
            return PeopleOutcome.ChangedMeanwhile;
        }

        await trail.PeopleChangedAsync(what, id, detail, cancellation);
        await transaction.CommitAsync(cancellation);
        ended.Add(person.Id.ToString(), person.SecurityStamp ?? "");
        return PeopleOutcome.Done;
    }
}

internal enum PeopleOutcome
{
    Done,
    NotFound,
    NoSuchRole,

    /// <summary>Refused: nobody would be left who can manage the clinic.</summary>
    LastOwner,

    /// <summary>The person changed something of the account at the same moment; look again.</summary>
    ChangedMeanwhile,
}
