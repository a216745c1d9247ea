using Facialis.Platform.Clinics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Facialis.Platform.Identity.People;

/// <summary>A link by which one further person joins a clinic, in a role given beforehand. Only the hash of its token is stored.</summary>
/// <remarks>Not a clinic's row in the sense of the query filter: whoever follows the link is not signed in yet.</remarks>
public sealed class Invitation
{
    /// <summary>How long a link stays good.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    public const int MaxNoteLength = 100;

    public required Guid Id { get; init; }

    public required Guid ClinicId { get; init; }

    public required string TokenHash { get; init; }

    /// <summary>One of <see cref="Identity.Role"/>.</summary>
    public required string Role { get; init; }

    /// <summary>For whom it is meant, in the owner's words; shown to owners only.</summary>
    public required string Note { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? UsedAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }
}

internal sealed class InvitationTable : IEntityTypeConfiguration<Invitation>
{
    public void Configure(EntityTypeBuilder<Invitation> table)
    {
        table.ToTable("platform_invitation");
        table.Property(i => i.Id).ValueGeneratedNever();
        table.Property(i => i.TokenHash).HasMaxLength(64).IsFixedLength();
        table.Property(i => i.Role).HasMaxLength(Role.MaxLength);
        table.Property(i => i.Note).HasMaxLength(Invitation.MaxNoteLength);
        table.HasIndex(i => i.TokenHash).IsUnique();
        table.HasIndex(i => i.ClinicId);
        table.HasOne<ClinicAccount>().WithMany().HasForeignKey(i => i.ClinicId).OnDelete(DeleteBehavior.Restrict);
    }
}
