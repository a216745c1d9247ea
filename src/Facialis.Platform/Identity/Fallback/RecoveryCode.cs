using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Facialis.Platform.Identity.Fallback;

/// <summary>A code that lets its owner in once when passkey and authenticator are lost. Only its hash is stored.</summary>
internal sealed class RecoveryCode
{
    /// <summary>Bytes of chance in a code: 80 bits, 16 signs, so that the hash alone tells nothing.</summary>
    private const int Bytes = 10;

    public required Guid UserId { get; init; }

    public required string CodeHash { get; init; }

    public DateTimeOffset? UsedAt { get; init; }

    /// <summary>A fresh code, for example "K7QM-2XWA-PLDE-63RT".</summary>
    public static string New() => Base32.InGroups(Base32.Encode(RandomNumberGenerator.GetBytes(Bytes)));

    /// <summary>SHA-256 over the code in its plain form, in hexadecimal.</summary>
    public static string Hash(string code) => Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(Base32.Plain(code))));
}

internal sealed class RecoveryCodeTable : IEntityTypeConfiguration<RecoveryCode>
{
    public void Configure(EntityTypeBuilder<RecoveryCode> table)
    {
        table.ToTable("platform_recovery_code");
        table.HasKey(c => new { c.UserId, c.CodeHash });
        table.Property(c => c.CodeHash).HasMaxLength(64).IsFixedLength();
        table.HasOne<FacialisUser>().WithMany().HasForeignKey(c => c.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
