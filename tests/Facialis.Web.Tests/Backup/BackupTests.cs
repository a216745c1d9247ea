using System.Net;
using Facialis.Platform.Audit;
using Facialis.Platform.Backup;
using Facialis.Platform.Database;
using Facialis.Web.Tests.Audit;
using Facialis.Web.Tests.Clinic;
using Facialis.Web.Tests.Isolation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Facialis.Web.Tests.Backup;

/// <summary>A whole installation into one file and out of it; claims/backup-restore does it while the server writes.</summary>
public sealed class BackupTests
{
    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.Postgres)]
    public async Task An_installation_with_rows_in_every_table_is_restored_as_it_was_starts_and_signs_in(Database kind)
    {
        using var house = new BackupHouse();
        await using var app = await FacialisApp.StartAsync(kind);
        var owner = await app.OwnerAsync();
        var recording = await owner.UploadAsync(await owner.AddPatientAsync(ForeignRows.Marker), RecordingBytes.OfHalfAMinute);
        var clinic = await app.FirstClinicAsync();
        await ForeignRows.FillAsync(app, clinic);
        await app.OtherClinicAsync();
        await app.AsDatabaseOwnerAsync($"INSERT INTO platform_user_claim (\"UserId\", \"ClaimType\", \"ClaimValue\") SELECT \"Id\", 'a', 'b' FROM platform_user");
        await app.AsDatabaseOwnerAsync("DELETE FROM platform_user_claim WHERE \"Id\" = 1");

        var (file, content) = await house.BackupAsync(app);
        var database = kind == Database.Postgres ? await PostgresServer.CreateDatabaseAsync(null, BackupHouse.Token) : null;
        var folder = await house.RestoreAsync(file, database);

        var owned = await app.WithAsync((FacialisDb db) => Task.FromResult(ForeignRows.Owned(db.Model).Select(e => e.GetTableName()).ToHashSet()));
        Assert.Empty(owned.Except(content.Manifest.Tables.Where(t => t.Rows > 0).Select(t => t.Name)));
        var was = await BackupHouse.DigestAsync(app.DatabaseAddress); // nothing writes here
        Assert.Equal(was, content.Manifest.Tables);
        Assert.Equal(was, await BackupHouse.DigestAsync(database ?? Path.Combine(folder, "facialis.db")));
        Assert.Equal(
            await File.ReadAllBytesAsync(Path.Combine(app.DataFolder, "recordings", $"{recording:D}.facerec"), BackupHouse.Token),
            await File.ReadAllBytesAsync(Path.Combine(folder, "recordings", $"{recording:D}.facerec"), BackupHouse.Token));
        Assert.Equal(content.Manifest.Files, (await RestoreBackup.CheckAsync(file, house.Key, null, BackupHouse.Token)).Manifest.Files);

        await using (var again = await FacialisApp.StartAsync(kind, new Dictionary<string, string> { ["Facialis:DataFolder"] = folder, ["Facialis:Database"] = database ?? "" }))
        {
            var back = await again.OwnerAsync();
            Assert.Contains(ForeignRows.Marker, await back.PageAsync("/clinic/patients"), StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.OK, (await back.Browser.GetAsync($"/clinic/recordings/{recording:D}", BackupHouse.Token)).StatusCode);
            Assert.True(await again.Services.GetRequiredService<Checkpoints>().WriteAsync(BackupHouse.Token) >= 1); // the logs go on, under the same key
        }

        if (database is not null)
        {
            await PostgresServer.DropDatabaseAsync(database);
        }
    }

    [Fact]
    public async Task On_PostgreSQL_an_ordinary_owner_backs_up_and_restores_every_clinic_as_a_superuser_does()
    {
        using var house = new BackupHouse();
        var user = $"owner_{Guid.NewGuid():N}";
        var (first, second) = (await PostgresServer.CreateDatabaseAsync(null, BackupHouse.Token), await PostgresServer.CreateDatabaseAsync(null, BackupHouse.Token));
        try
        {
            await RunAsync(first, $"CREATE ROLE {user} LOGIN; ALTER SCHEMA public OWNER TO {user}");
            await RunAsync(second, $"ALTER SCHEMA public OWNER TO {user}");
            await using var app = await FacialisApp.StartAsync(
                Database.Postgres, new Dictionary<string, string> { ["Facialis:Database"] = BackupHouse.As(first, user) });
            await (await app.OwnerAsync()).AddPatientAsync("MINE");
            await app.OtherClinicAsync();

            var (file, ordinary) = await house.BackupAsync(app, BackupHouse.As(first, user));
            var (_, super) = await house.BackupAsync(app, first);
            await house.RestoreAsync(file, BackupHouse.As(second, user));

            Assert.Equal(super.Manifest.Tables, ordinary.Manifest.Tables);
            Assert.Equal(2, ordinary.Manifest.Tables.Single(t => t.Name == "platform_clinic").Rows);
            Assert.Equal(2, ordinary.Manifest.Tables.Single(t => t.Name == "platform_user").Rows);
            Assert.True(ordinary.Manifest.Tables.Single(t => t.Name == "platform_audit_entry").Rows > 1);
            Assert.Equal(super.Manifest.Tables, await BackupHouse.DigestAsync(second));
            Assert.Equal(await GuardsAsync(first), await GuardsAsync(second));
        }
        finally
        {
            await PostgresServer.DropDatabaseAsync(first);
            await PostgresServer.DropDatabaseAsync(second);
            await PostgresServer.DropRoleAsync(user);
        }
    }

    [Fact]
    public async Task What_does_not_belong_is_refused_with_a_sentence_and_leaves_nothing()
    {
        using var house = new BackupHouse();
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var (file, content) = await house.BackupAsync(app, withoutMasterKey: true);
        Assert.False(content.HasMasterKey);
        var occupied = Directory.CreateDirectory(house.Fresh()).FullName;
        await File.WriteAllTextAsync(Path.Combine(occupied, "theirs"), "theirs", BackupHouse.Token);
        var newer = house.Fresh(".backup");
        await using (var written = File.Create(newer))
        {
            using var writer = new BackupWriter(
                written, BackupHeader.Of(DatabaseKind.Sqlite, "29991231000000_Later", house.Key, app.Clock.GetUtcNow()) with { Program = "99.1.0" }, house.Key);
            writer.Finish(new BackupManifest([], []));
        }

        var target = house.Fresh();
        Assert.Contains("This key does not open this backup", await RefusedAsync(file, BackupKey.Make(house.Fresh(".key")), target), StringComparison.Ordinal);
        Assert.Contains("made by a newer program: version 99.1.0, with tables as of 29991231000000_Later", await RefusedAsync(newer, house.Key, target), StringComparison.Ordinal);
        Assert.Contains("cannot be restored into PostgreSQL", await RefusedAsync(file, house.Key, target, "Host=nowhere"), StringComparison.Ordinal);
        Assert.Contains("is not empty", await RefusedAsync(file, house.Key, occupied), StringComparison.Ordinal);
        Assert.Equal("theirs", await File.ReadAllTextAsync(Path.Combine(occupied, "theirs"), BackupHouse.Token));

        var whole = await File.ReadAllBytesAsync(file, BackupHouse.Token);
        var torn = house.Fresh(".backup");
        await File.WriteAllBytesAsync(torn, whole[..(whole.Length * 2 / 3)], BackupHouse.Token);
        Assert.Contains("cut off", await DamagedAsync(torn, house.Key, target), StringComparison.Ordinal);
        whole[^20] ^= 1;
        await File.WriteAllBytesAsync(torn, whole, BackupHouse.Token);
        Assert.Contains("changed or damaged", await DamagedAsync(torn, house.Key, target), StringComparison.Ordinal);
        await File.WriteAllTextAsync(torn, "Dear clinic, this is a letter and no backup.", BackupHouse.Token);
        Assert.Contains("not a backup of Facialis", await DamagedAsync(torn, house.Key, target), StringComparison.Ordinal);

        foreach (var place in new[] { Path.Combine(app.DataFolder, "inside.backup"), file })
        {
            await Assert.ThrowsAsync<BackupRefusedException>(
                () => MakeBackup.RunAsync(new BackupRequest(app.DataFolder, app.DatabaseAddress, house.Key, place), app.Clock.GetUtcNow(), null, BackupHouse.Token));
        }

        Assert.False(Directory.Exists(target));
        Assert.Empty(Directory.EnumerateFileSystemEntries(house.Path(""), "*restoring*"));
    }

    [Fact]
    public async Task A_database_that_is_not_empty_and_the_other_kind_are_refused_on_PostgreSQL_too()
    {
        using var house = new BackupHouse();
        await using var app = await FacialisApp.StartAsync(Database.Postgres);
        var (file, _) = await house.BackupAsync(app);

        Assert.Contains("is not empty", await RefusedAsync(file, house.Key, house.Fresh(), app.DatabaseAddress), StringComparison.Ordinal);
        Assert.Contains("cannot be restored into SQLite", await RefusedAsync(file, house.Key, house.Fresh()), StringComparison.Ordinal);
    }

    private static async Task<string> RefusedAsync(string file, BackupKey key, string folder, string? database = null) =>
        (await Assert.ThrowsAsync<BackupRefusedException>(
            () => RestoreBackup.RunAsync(new RestoreRequest(file, key, folder, database), null, BackupHouse.Token))).Message;

    private static async Task<string> DamagedAsync(string file, BackupKey key, string folder) =>
        (await Assert.ThrowsAsync<BackupDamagedException>(
            () => RestoreBackup.RunAsync(new RestoreRequest(file, key, folder, null), null, BackupHouse.Token))).Message;

    /// <summary>Every policy, trigger, index, foreign key and number giver, as the server describes it.</summary>
    private static async Task<List<string>> GuardsAsync(string database)
    {
        await using var connection = new NpgsqlConnection(database + ";Pooling=false");
        await connection.OpenAsync(BackupHouse.Token);
        await using var command = new NpgsqlCommand(
            """
            SELECT concat_ws(' ', relname, relrowsecurity, relforcerowsecurity) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
            UNION ALL SELECT concat_ws(' ', tablename, policyname, qual, with_check) FROM pg_policies
            UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
            UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
            UNION ALL SELECT concat_ws(' ', conrelid::regclass, conname, condeferrable, condeferred, pg_get_constraintdef(oid)) FROM pg_constraint WHERE connamespace = 'public'::regnamespace
            ORDER BY 1
            """,
            connection);
        await using var row = await command.ExecuteReaderAsync(BackupHouse.Token);
        List<string> guards = [];
        while (await row.ReadAsync(BackupHouse.Token))
        {
            guards.Add(row.GetString(0));
        }

        return guards;
    }

    private static async Task RunAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database + ";Pooling=false");
        await connection.OpenAsync(BackupHouse.Token);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(BackupHouse.Token);
    }
}
