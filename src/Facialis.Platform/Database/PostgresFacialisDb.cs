using Facialis.Platform.Audit;
using Facialis.Platform.Clinics;
using Facialis.Platform.Modules;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Npgsql;

namespace Facialis.Platform.Database;

/// <summary>The database on a PostgreSQL server.</summary>
public sealed class PostgresFacialisDb(
    DbContextOptions<PostgresFacialisDb> options, IEnumerable<IModule> modules, CurrentClinic clinic, AuditNotes audit)
    : FacialisDb(options, modules, clinic, audit)
{
    /// <summary>Any number will do, so long as every process of this program uses the same one.</summary>
    private const long StartLock = 0x46414349414C4953;

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

    internal override string RowLock(string select) => select + " FOR UPDATE";

    internal override object Moment(DateTimeOffset moment) => moment.UtcDateTime;

    protected override bool IsUniqueViolation(DbUpdateException failure) =>
        failure.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<Utc>();
    }

    /// <summary>PostgreSQL keeps a moment, not an offset, and refuses any other offset than zero.</summary>
    private sealed class Utc() : ValueConverter<DateTimeOffset, DateTimeOffset>(time => time.ToUniversalTime(), time => time);
}
