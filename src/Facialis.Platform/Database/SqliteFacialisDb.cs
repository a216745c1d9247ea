using System.Data.Common;
using Facialis.Platform.Audit;
using Facialis.Platform.Clinics;
using Facialis.Platform.Modules;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Facialis.Platform.Database;

/// <summary>The database as one file in the data folder.</summary>
public sealed class SqliteFacialisDb(
    DbContextOptions<SqliteFacialisDb> options, IEnumerable<IModule> modules, CurrentClinic clinic, AuditNotes audit)
    : FacialisDb(options, modules, clinic, audit)
{
    public override async Task<IAsyncDisposable> HoldStartLockAsync(CancellationToken cancellation)
    {
        // A lock on a file ends with its process, however that ends. EF's own lock is a row, which a killed
        // process leaves behind for ever; whoever holds the file may therefore clear that row.
        var path = new SqliteConnectionStringBuilder(Database.GetConnectionString()).DataSource + ".start-lock";
        FileStream held;
        while (true)
        {
            try
            {
                held = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                break;
            }
            catch (IOException) when (File.Exists(path)) // held by another process that is starting
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), cancellation);
            }
        }

        await Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancellation);
        return held;
    }

    internal override string EnterLog(Guid log) => "";

    internal override string RowLock(string select) => select; // a SQLite transaction of ours holds off every other writer from its beginning

    internal override string SkipLocked => ""; // SQLite has one writer, which takes one row after the other

    internal override DbCommand CreateCommand() => CompiledCommands.On((SqliteConnection)Database.GetDbConnection());

    internal override object Moment(DateTimeOffset moment) => moment.UtcTicks;

    protected override bool IsUniqueViolation(DbUpdateException failure) =>
        failure.InnerException is SqliteException { SqliteExtendedErrorCode: 1555 or 2067 }; // primary key, unique index

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicks>();
    }

    /// <summary>SQLite can neither sort nor compare a DateTimeOffset as text with offsets; ticks in UTC it can.</summary>
    private sealed class UtcTicks() : ValueConverter<DateTimeOffset, long>(
        time => time.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
}
