using Facialis.Platform.Audit;

namespace Facialis.Platform.Identity;

/// <summary>What happens to accounts, in the words in which the audit log keeps it.</summary>
/// <remarks>Within a transaction the entry is written with it, else at once.</remarks>
internal sealed class IdentityTrail(AuditTrail audit)
{
    public Task SignedInAsync(FacialisUser person, WayIn way, CancellationToken cancellation) =>
        audit.NoteForClinicAsync(person.ClinicId, person.Id, AuditAction.SignIn, "sign-in", person.Id, way.ToString(), cancellation);

    /// <summary>A person's own keys changed: a passkey, password, authenticator or the recovery codes.</summary>
    public Task OwnKeysChangedAsync(FacialisUser person, string what, CancellationToken cancellation) =>
        audit.NoteForClinicAsync(person.ClinicId, person.Id, AuditAction.Write, what, person.Id, null, cancellation);

    /// <summary>An owner changed what a person may do, or let one in.</summary>
    public Task PeopleChangedAsync(string what, Guid subject, string? detail, CancellationToken cancellation) =>
        audit.NoteNowAsync(AuditAction.RoleChange, what, subject, null, detail, cancellation);

    /// <summary>A person followed an invitation and now belongs to the clinic.</summary>
    public Task JoinedAsync(FacialisUser person, Guid invitation, CancellationToken cancellation) => audit.NoteForClinicAsync(
        person.ClinicId, person.Id, AuditAction.RoleChange, "person joined", person.Id, $"{person.Role}, invitation {invitation}", cancellation);

    public Task ClinicChangedAsync(Guid clinic, CancellationToken cancellation) =>
        audit.NoteNowAsync(AuditAction.Write, "settings of the clinic", clinic, null, "name, lock minutes", cancellation);

    /// <summary>Someone asked for what the role does not allow.</summary>
    public Task RefusedAsync(string route, string? permission, CancellationToken cancellation) =>
        audit.NoteNowAsync(AuditAction.Refused, "page or endpoint", null, null, $"{route} {permission}".Trim(), cancellation);
}
