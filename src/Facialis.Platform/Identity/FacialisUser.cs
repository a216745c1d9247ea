using Facialis.Platform.Clinics;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Facialis.Platform.Identity;

/// <summary>A person who signs in. Belongs to exactly one clinic.</summary>
public sealed class FacialisUser : IdentityUser<Guid>
{
    public Guid ClinicId { get; init; }

    /// <summary>Name to show on screen.</summary>
    public required string DisplayName { get; set; }

    /// <summary>One of <see cref="Identity.Role"/>.</summary>
    public required string Role { get; set; }

    /// <summary>True for the person made at first start, for whom one-time links may be printed on the console.</summary>
    public bool IsFirstOwner { get; init; }

    /// <summary>Secret of the authenticator program, sealed with a key outside the database; null without one.</summary>
    public byte[]? AuthenticatorSecret { get; set; }

    /// <summary>Step of the last code that was used; older ones and itself open nothing.</summary>
    public long LastCodeStep { get; set; }

    /// <summary>Since when this person may no longer sign in; null for everyone who may. People are not deleted: charts name them.</summary>
    public DateTimeOffset? DisabledAt { get; set; }

    /// <summary>When this person last signed in, by whatever means; null before the first time.</summary>
    public DateTimeOffset? LastSignedInAt { get; set; }
}

internal sealed class FacialisUserTable : IEntityTypeConfiguration<FacialisUser>
{
    public void Configure(EntityTypeBuilder<FacialisUser> table)
    {
        table.Property(u => u.Id).ValueGeneratedNever();
        table.Property(u => u.DisplayName).HasMaxLength(200);
        table.Property(u => u.AuthenticatorSecret).HasMaxLength(500);
        table.Property(u => u.Role).HasMaxLength(Identity.Role.MaxLength);
        table.HasOne<ClinicAccount>().WithMany().HasForeignKey(u => u.ClinicId).OnDelete(DeleteBehavior.Restrict);
    }
}
