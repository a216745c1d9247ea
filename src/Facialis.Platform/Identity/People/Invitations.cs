using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Platform.Identity.People;

/// <summary>Makes, revokes and redeems invitations.</summary>
internal sealed class Invitations(FacialisDb db, CurrentClinic clinic, UserManager<FacialisUser> users, IdentityTrail trail, TimeProvider clock)
{
    /// <summary>Invitations of the own clinic that may still be used.</summary>
    public async Task<IReadOnlyList<Invitation>> OpenAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        return await Good(now).Where(i => i.ClinicId == clinic.Id).OrderBy(i => i.CreatedAt).AsNoTracking().ToListAsync(cancellation);
    }

    /// <summary>Makes an invitation to the own clinic. Returns the token of its link, which is kept nowhere.</summary>
    public async Task<string> IssueAsync(string role, string? note, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(Role.All.Contains(role), false, nameof(role));
        var (token, now, words) = (SignInLink.NewToken(), clock.GetUtcNow(), note?.Trim() ?? "");
        var invitation = new Invitation
        {
            Id = Guid.CreateVersion7(now),
            ClinicId = clinic.Id,
            TokenHash = SignInLink.Hash(token),
            Role = role,
            Note = words[..Math.Min(words.Length, Invitation.MaxNoteLength)],
            CreatedAt = now,
            ExpiresAt = now + Invitation.Lifetime,
        };
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        db.Add(invitation);
        await db.SaveChangesAsync(cancellation);
        await trail.PeopleChangedAsync("invitation made", invitation.Id, role, cancellation);
        await transaction.CommitAsync(cancellation);
        return token;
    }

    /// <summary>False when there is no such open invitation in the own clinic.</summary>
    public async Task<bool> RevokeAsync(Guid id, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await Good(now).Where(i => i.Id == id && i.ClinicId == clinic.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.RevokedAt, now), cancellation) == 0)
        {
            return false;
        }

        await trail.PeopleChangedAsync("invitation revoked", id, null, cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    /// <summary>What an invitation that may still be used says; null when it is unknown, used, revoked or expired.</summary>
    public async Task<Invited?> FindAsync(string token, CancellationToken cancellation)
    {
        var (hash, now) = (SignInLink.Hash(token), clock.GetUtcNow());
        return await Good(now).Where(i => i.TokenHash == hash)
            .Join(db.Set<ClinicAccount>(), i => i.ClinicId, c => c.Id, (i, c) => new Invited(c.Name, i.Role)).SingleOrDefaultAsync(cancellation);
    }

    /// <summary>Uses the invitation up and makes the person. Nothing happens when the account cannot be made.</summary>
    public async Task<Joined> JoinAsync(string token, string name, string email, string? password, CancellationToken cancellation)
    {
        var (hash, now) = (SignInLink.Hash(token), clock.GetUtcNow());
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        // One statement decides, so of two who follow the link at once one joins.
        if (await Good(now).Where(i => i.TokenHash == hash).ExecuteUpdateAsync(set => set.SetProperty(i => i.UsedAt, now), cancellation) != 1)
        {
            return new Joined(null, []);
        }

        var invitation = await db.Set<Invitation>().AsNoTracking().SingleAsync(i => i.TokenHash == hash, cancellation);
        var person = new FacialisUser
        {
            Id = Guid.CreateVersion7(now),
            ClinicId = invitation.ClinicId,
            UserName = email,
            Email = email,
            DisplayName = name,
            Role = invitation.Role,
        };
        var made = string.IsNullOrEmpty(password) ? await users.CreateAsync(person) : await users.CreateAsync(person, password);
        if (!made.Succeeded)
        {
            return new Joined(null, [.. made.Errors]);
        }

        await trail.JoinedAsync(person, invitation.Id, cancellation);
        await transaction.CommitAsync(cancellation);
        return new Joined(person, []);
    }

    private IQueryable<Invitation> Good(DateTimeOffset now) =>
        db.Set<Invitation>().Where(i => i.UsedAt == null && i.RevokedAt == null && i.ExpiresAt > now);
}

/// <param name="Clinic">Name of the clinic.</param>
/// <param name="Role">The role that waits there.</param>
internal sealed record Invited(string Clinic, string Role);

/// <param name="Person">Who joined; null when nobody did.</param>
/// <param name="Errors">What was wrong with name, e-mail or password; empty when the invitation itself is no longer good.</param>
internal sealed record Joined(FacialisUser? Person, IReadOnlyList<IdentityError> Errors);
