using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Facialis.Platform.Modules;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Facialis.Web.Tests.Platform;

public sealed class DatabaseTests
{
    public static readonly TheoryData<Database> Databases = [Database.Sqlite, Database.Postgres];

    /// <summary>Every query asks for the clinic too, and a database that finds an index of the clinic alone may take that one and read the whole clinic.</summary>
    [Fact]
    public async Task What_belongs_to_a_patient_is_found_by_clinic_and_patient_together()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);

        var slow = await app.WithAsync((FacialisDb db) => Task.FromResult(db.Model.GetEntityTypes()
            .Where(e => e.FindProperty("ClinicId") is not null && e.GetForeignKeys().Any(k => k.Properties[0].Name == "PatientId"))
            .Where(e => e.FindPrimaryKey()!.Properties[0].Name != "PatientId") // every table has a key
            .Where(e => !e.GetIndexes().Any(i => i.Properties is [{ Name: "ClinicId" }, { Name: "PatientId" }, ..]))
            .Select(e => e.GetTableName()).ToList()));

        Assert.Empty(slow);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Every_change_of_the_model_has_its_migration(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);

        var pending = await app.WithAsync((FacialisDb db) => Task.FromResult(db.Database.HasPendingModelChanges()));

        Assert.False(pending, "The model has a change without a migration. Run tools/add-migration NAME.");
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Many_processes_that_start_at_once_make_one_clinic(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        await app.WithAsync(async (FacialisDb db) =>
            await db.Users.ExecuteDeleteAsync(TestContext.Current.CancellationToken)
            + await db.Set<ClinicAccount>().ExecuteDeleteAsync(TestContext.Current.CancellationToken));

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(app.StartAgainAsync, TestContext.Current.CancellationToken)));

        Assert.Equal(1, await app.WithAsync((FacialisDb db) => db.Set<ClinicAccount>().CountAsync(TestContext.Current.CancellationToken)));
    }

    [Theory]
    [InlineData("journal_mode", "wal")]
    [InlineData("synchronous", "2")] // FULL
    [InlineData("foreign_keys", "1")]
    [InlineData("busy_timeout", "10000")]
    public async Task Sqlite_is_set_to_lose_nothing(string pragma, string expected)
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);

        var value = await app.WithAsync(async (FacialisDb db) =>
        {
            await db.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = $"PRAGMA {pragma}";
            return Convert.ToString(
                await command.ExecuteScalarAsync(TestContext.Current.CancellationToken), System.Globalization.CultureInfo.InvariantCulture);
        });

        Assert.Equal(expected, value);
    }

    [Fact]
    public async Task A_start_that_was_killed_while_migrating_does_not_hold_up_the_next()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        await app.WithAsync((FacialisDb db) => db.Database.ExecuteSqlRawAsync(
            """
            CREATE TABLE IF NOT EXISTS "__EFMigrationsLock" ("Id" INTEGER NOT NULL PRIMARY KEY, "Timestamp" TEXT NOT NULL);
            INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-11-22 12:00:00');
            DELETE FROM "__EFMigrationsHistory";
            DROP TABLE "platform_sign_in_link";
            """,
            TestContext.Current.CancellationToken));

        // The tables of the first migration are there, so it fails; what counts is that it fails instead of waiting for ever.
        await Assert.ThrowsAsync<Microsoft.Data.Sqlite.SqliteException>(
            () => app.StartAgainAsync().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Every_table_is_named_by_its_owner_and_belongs_to_a_clinic_or_says_why_not(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var modules = app.Services.GetServices<IModule>().ToList();

        var wrong = await app.WithAsync((FacialisDb db) => Task.FromResult(db.Model.GetEntityTypes()
            .Where(e => !e.IsOwned() && e.GetTableName() is not null)
            .Select(e =>
            {
                var module = modules.SingleOrDefault(m => m.Assembly == e.ClrType.Assembly);
                var named = e.GetTableName()!.StartsWith((module?.Name ?? "platform") + "_", StringComparison.Ordinal);
                var owned = module is null
                    || (typeof(IBelongToClinic).IsAssignableFrom(e.ClrType)
                        && e.GetRootType().GetDeclaredQueryFilters().Any(f => f.Key == FacialisDb.ClinicFilter))
                    || e.ClrType.GetCustomAttributes(typeof(SharedByAllClinicsAttribute), inherit: true).Length > 0;
                return named && owned ? null : $"{e.DisplayName()} in {e.GetTableName()}";
            })
            .OfType<string>()
            .ToList()));

        Assert.Empty(wrong);
    }
}
