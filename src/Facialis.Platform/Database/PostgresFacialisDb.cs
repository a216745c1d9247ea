using System.Data.Common;
using Facialis.Platform.Audit;
using Facialis.Platform.Clinics;
using Facialis.Platform.Modules;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Npgsql;

namespace Facialis.Platform.Database;

/// <summary>The database on a PostgreSQL server.</summary>
public sealed class PostgresFacialisDb(
    DbContextOptions<PostgresFacialisDb> options, IEnumerable<IModule> modules, CurrentClinic clinic, AuditNotes audit, PostgresRole role)
    : FacialisDb(options, modules, clinic, audit)
{
    /// <summary>Any number will do, so long as every process of this program uses the same one.</summary>
    private const long StartLock = 0x46414349414C4953;

    /// <summary>The clinic that the open connection was told, and the transaction in which; null while it was told nothing.</summary>
    private (Guid Clinic, Guid? Transaction)? _told;

    private bool _isOwner;

    public override async Task<IAsyncDisposable> HoldStartLockAsync(CancellationToken cancellation)
    {
        // Its own connection: the lock lives as long as that connection, so a killed process lets go.
        var connection = new NpgsqlConnection(Database.GetConnectionString() + ";Pooling=false");
        try
        {
            await connection.OpenAsync(cancellation);
            await using var command = new NpgsqlCommand("SELECT pg_advisory_lock($1)", connection) { CommandTimeout = 0 };
            command.Parameters.AddWithValue(StartLock);
            await command.ExecuteNonQueryAsync(cancellation);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    internal override void ActAsOwner()
    {
        _isOwner = true;
        if (role.OwnerConnection is { } owner)
        {
            Database.SetConnectionString(owner);
        }
    }

    internal override Task GuardRowsAsync(CancellationToken cancellation) => role.PrepareAsync(this, cancellation);

    internal override Task CheckGuardAsync(CancellationToken cancellation) => role.CheckAsync(this, cancellation);

    /// <summary>Tells the connection for which clinic, and under which role, the command is to run; nothing when it knows.</summary>
    internal void EnterClinic(DbCommand command)
    {
        if (NeedsToBeTold())
        {
            using var telling = Telling(command);
            telling.ExecuteNonQuery();
            _told = (ClinicId, Database.CurrentTransaction?.TransactionId);
        }
    }

    /// <inheritdoc cref="EnterClinic"/>
    internal async Task EnterClinicAsync(DbCommand command, CancellationToken cancellation)
    {
        if (NeedsToBeTold())
        {
            await using var telling = Telling(command);
            await telling.ExecuteNonQueryAsync(cancellation);
            _told = (ClinicId, Database.CurrentTransaction?.TransactionId);
        }
    }

    internal override Task TellConnectionAsync(DbCommand command, CancellationToken cancellation) => EnterClinicAsync(command, cancellation);

    /// <summary>The connection is another one, or a rollback took back what it was told.</summary>
    internal void ForgetClinic() => _told = null;

    // The audit log's own clinic, which at signing in is not yet that of the request. It holds until the transaction ends.
    internal override string EnterLog(Guid log)
    {
        if (log != Guid.Empty && log == ClinicId && !NeedsToBeTold())
        {
            return ""; // the connection was told so already
        }

        _told = null; // it is told something else now
        return $"SET LOCAL {RowSecurity.Setting} = '{log:D}'; {(RoleName is { } name ? $"SET LOCAL ROLE {PostgresRole.Quote(name)}; " : "")}";
    }

    internal override string RowLock(string select) => select + " FOR UPDATE";

    internal override string SkipLocked => " FOR UPDATE SKIP LOCKED";

    internal override object Moment(DateTimeOffset moment) => moment.UtcDateTime;

    protected override bool IsUniqueViolation(DbUpdateException failure) =>
        failure.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    private string? RoleName => _isOwner ? null : role.Name;

    // What was told within a transaction that is over may have been rolled back with it.
    private bool NeedsToBeTold() =>
        _told is not { } told || told.Clinic != ClinicId || (told.Transaction is not null && told.Transaction != Database.CurrentTransaction?.TransactionId);

    private DbCommand Telling(DbCommand command)
    {
        var telling = command.Connection!.CreateCommand(); // a command about to run has one
        telling.Transaction = command.Transaction;
        // No clinic is the empty text, which no row's clinic equals.
        telling.CommandText = $"SELECT set_config('{RowSecurity.Setting}', '{(ClinicId == Guid.Empty ? "" : ClinicId.ToString("D"))}', false)"
            + (RoleName is { } name ? $", set_config('role', '{name.Replace("'", "''", StringComparison.Ordinal)}', false)" : "");
        return telling;
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<Utc>();
    }

    /// <summary>PostgreSQL keeps a moment, not an offset, and refuses any other offset than zero.</summary>
    private sealed class Utc() : ValueConverter<DateTimeOffset, DateTimeOffset>(time => time.ToUniversalTime(), time => time);
}
