using System.Data.Common;
using Facialis.Platform.Audit;
using Facialis.Platform.Clinics;
using Facialis.Platform.Identity;
using Facialis.Platform.Modules;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Platform.Database;

/// <summary>The one database context: the platform's tables and every module's. One transaction, one history.</summary>
/// <remarks>Two sealed subclasses, one per provider, give each provider its own migrations without its own project.</remarks>
public abstract class FacialisDb(DbContextOptions options, IEnumerable<IModule> modules, CurrentClinic clinic, AuditNotes audit)
    : IdentityUserContext<FacialisUser, Guid>(options)
{
    /// <summary>Name of the query filter that shows a clinic its own rows only.</summary>
    public const string ClinicFilter = "clinic";

    /// <summary>The clinic whose rows this context shows and saves; the empty id when there is none.</summary>
    public Guid ClinicId => clinic.Id;

    /// <summary>What the next save and the transaction under way will write into the audit log.</summary>
    internal AuditNotes Audit => audit;

    /// <summary>The modules whose tables this context has, as one word.</summary>
    internal string ModuleNames => string.Join(' ', modules.Select(m => m.GetType().FullName));

    /// <summary>True when a save failed only because someone else was quicker: look again and decide anew.</summary>
    public bool LostRace(DbUpdateException failure) => failure is DbUpdateConcurrencyException || IsUniqueViolation(failure);

    /// <summary>Holds off every other process that starts on the same database, until disposed.</summary>
    public abstract Task<IAsyncDisposable> HoldStartLockAsync(CancellationToken cancellation);

    protected abstract bool IsUniqueViolation(DbUpdateException failure);

    /// <summary>From now on this context works as the owner of the tables, to bring them up to date.</summary>
    internal virtual void ActAsOwner()
    {
    }

    /// <summary>As the owner: sees to it that those who serve requests cannot get past what guards the rows.</summary>
    internal virtual Task GuardRowsAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>As who serves requests: looks whether the guard holds.</summary>
    /// <exception cref="InvalidOperationException">It does not, and nothing may be served.</exception>
    internal virtual Task CheckGuardAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>Statements without an answer that open an audit log to the rest of the command, within a transaction.</summary>
    internal abstract string EnterLog(Guid log);

    /// <summary>The same question, holding what it finds against other writers until the transaction ends.</summary>
    internal abstract string RowLock(string select);

    /// <summary>Words at the end of a subquery that pass over rows which another node holds at this moment.</summary>
    internal abstract string SkipLocked { get; }

    /// <summary>A command of our own on the context's connection, as cheap as EF's.</summary>
    internal virtual DbCommand CreateCommand() => Database.GetDbConnection().CreateCommand();

    /// <summary>Before a command that EF does not make: tells the connection for whom it runs, where it has to know.</summary>
    internal virtual Task TellConnectionAsync(DbCommand command, CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>A moment as the provider's own commands take it.</summary>
    internal abstract object Moment(DateTimeOffset moment);

    /// <exception cref="InvalidOperationException">Audit entries are queued; those are written by SaveChangesAsync.</exception>
    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        if (audit.HasQueued)
        {
            throw new InvalidOperationException("A change with audit entries is saved with SaveChangesAsync.");
        }

        StampClinic();
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        try
        {
            StampClinic();
            if (!audit.HasQueued)
            {
                return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
            }

            if (Database.CurrentTransaction is { } open)
            {
                var saved = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
                audit.Saved(open.TransactionId);
                return saved;
            }

            return await SaveInTransactionAsync(acceptAllChangesOnSuccess, cancellationToken);
        }
        catch
        {
            audit.Failed();
            throw;
        }
    }

    private async Task<int> SaveInTransactionAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellation)
    {
        await using var transaction = await Database.BeginTransactionAsync(cancellation);
        var saved = await base.SaveChangesAsync(acceptAllChangesOnSuccess: false, cancellation);
        audit.Saved(transaction.TransactionId);
        await transaction.CommitAsync(cancellation); // AuditAppend writes here
        if (acceptAllChangesOnSuccess)
        {
            ChangeTracker.AcceptAllChanges();
        }

        return saved;
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        NameIdentityTables(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(FacialisDb).Assembly);
        foreach (var module in modules)
        {
            module.ConfigureModel(builder);
        }

        builder.Entity<AuditEntry>().HasQueryFilter(ClinicFilter, entry => entry.ClinicId == ClinicId);
        builder.Entity<AuditLogHead>().HasQueryFilter(ClinicFilter, head => head.ClinicId == ClinicId);
        var owned = builder.Model.GetEntityTypes()
            .Where(e => e.BaseType is null && typeof(IBelongToClinic).IsAssignableFrom(e.ClrType));
        foreach (var entity in owned.ToList())
        {
            typeof(FacialisDb).GetMethod(nameof(OwnByClinic), System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic)!
                .MakeGenericMethod(entity.ClrType).Invoke(this, [builder]); // the name is that of the method below
        }
    }

    private static void NameIdentityTables(ModelBuilder builder)
    {
        builder.Entity<FacialisUser>().ToTable("platform_user");
        builder.Entity<IdentityUserClaim<Guid>>().ToTable("platform_user_claim");
        builder.Entity<IdentityUserLogin<Guid>>().ToTable("platform_user_login");
        builder.Entity<IdentityUserToken<Guid>>().ToTable("platform_user_token");
        builder.Entity<IdentityUserPasskey<Guid>>().ToTable("platform_user_passkey");
    }

    private void OwnByClinic<TRow>(ModelBuilder builder) where TRow : class, IBelongToClinic
    {
        var table = builder.Entity<TRow>();
        table.HasQueryFilter(ClinicFilter, row => row.ClinicId == ClinicId);
        table.HasOne<ClinicAccount>().WithMany().HasForeignKey(row => row.ClinicId).OnDelete(DeleteBehavior.Restrict);
        if (typeof(ClinicRow).IsAssignableFrom(typeof(TRow)))
        {
            table.Property(nameof(ClinicRow.Id)).ValueGeneratedNever();
        }
    }

    /// <summary>The query filter guards reading; this guards writing.</summary>
    private void StampClinic()
    {
        foreach (var entry in ChangeTracker.Entries<IBelongToClinic>())
        {
            if (entry.State is EntityState.Unchanged or EntityState.Detached)
            {
                continue;
            }

            if (ClinicId == Guid.Empty)
            {
                throw new InvalidOperationException($"A {entry.Metadata.DisplayName()} cannot be saved: no clinic is entered.");
            }

            var owner = entry.Property(nameof(IBelongToClinic.ClinicId));
            if (entry.State == EntityState.Added && owner.CurrentValue is Guid none && none == Guid.Empty)
            {
                owner.CurrentValue = ClinicId;
            }

            if (!ClinicId.Equals(owner.CurrentValue) || (entry.State != EntityState.Added && !ClinicId.Equals(owner.OriginalValue)))
            {
                throw new InvalidOperationException($"A {entry.Metadata.DisplayName()} of another clinic cannot be saved.");
            }
        }
    }
}
