using Facialis.Platform.Clinics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Facialis.Platform.Secrets;

/// <summary>The key of one subject (a patient), wrapped by a master key. Deleting the row makes all that the key sealed unreadable for good.</summary>
/// <remarks>Its id is the subject's id.</remarks>
public sealed class DataKey : ClinicRow
{
    /// <summary>Id of the master key that wraps it.</summary>
    public required string WrappedBy { get; set; }

    public required byte[] Wrapped { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>A secret of the whole installation, wrapped by a master key. The first one also shows whether the master key is the right one.</summary>
internal sealed class InstallationSecret
{
    /// <summary>From this the key of each clinic's search index is derived.</summary>
    public const string SearchIndex = "search-index";

    public required string Name { get; init; }

    public required string WrappedBy { get; set; }

    public required byte[] Wrapped { get; set; }

    public string Purpose => "facialis/installation-secret/" + Name;
}

internal sealed class DataKeyTable : IEntityTypeConfiguration<DataKey>
{
    public void Configure(EntityTypeBuilder<DataKey> table)
    {
        table.ToTable("platform_data_key");
        table.Property(k => k.WrappedBy).HasMaxLength(16);
        table.Property(k => k.Wrapped).HasMaxLength(200);
    }
}

internal sealed class InstallationSecretTable : IEntityTypeConfiguration<InstallationSecret>
{
    public void Configure(EntityTypeBuilder<InstallationSecret> table)
    {
        table.ToTable("platform_installation_secret");
        table.HasKey(s => s.Name);
        table.Property(s => s.Name).HasMaxLength(40);
        table.Property(s => s.WrappedBy).HasMaxLength(16);
        table.Property(s => s.Wrapped).HasMaxLength(200);
        table.Ignore(s => s.Purpose);
    }
}
