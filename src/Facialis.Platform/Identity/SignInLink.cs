using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Facialis.Platform.Identity;

/// <summary>A one-time link that signs its owner in. Only the hash of its token is stored, so the database alone opens nothing.</summary>
public sealed class SignInLink
{
    /// <summary>How long a printed link stays good.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    public required string TokenHash { get; init; }

    public required Guid UserId { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? UsedAt { get; init; }

    /// <summary>A fresh token: 256 random bits, safe in an address.</summary>
    public static string NewToken() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>SHA-256 in hexadecimal. No salt is needed: the token itself is 256 random bits.</summary>
    public static string Hash(string token) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}

internal sealed class SignInLinkTable : IEntityTypeConfiguration<SignInLink>
{
    public void Configure(EntityTypeBuilder<SignInLink> table)
    {
        table.ToTable("platform_sign_in_link");
        table.HasKey(l => l.TokenHash);
        table.Property(l => l.TokenHash).HasMaxLength(64).IsFixedLength();
        table.HasOne<FacialisUser>().WithMany().HasForeignKey(l => l.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
