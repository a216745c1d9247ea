using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using Facialis.Clinic.Patients;
using Facialis.Platform.Database;
using Facialis.Platform.Hosting;
using Facialis.Platform.Secrets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Facialis.Web.Tests.Clinic.Charts;

/// <summary>What a thief of the database, a wrong key and an erased patient meet.</summary>
public sealed class EncryptionTests
{
    public static readonly TheoryData<Database> Databases = [Database.Sqlite, Database.Postgres];

    /// <summary>Words that no other text holds by chance.</summary>
    private static readonly string[] Secrets = ["Quixwortham", "Zephyrinde", "1949-07-13", "5550192837", "quixwortham@post.example", "prefers the morning"];

    [Fact]
    public async Task The_database_file_and_its_log_hold_no_name_contact_birth_date_or_note()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var owner = await app.OwnerAsync();
        await AddSecretPersonAsync(owner);
        Assert.Equal(["P-1"], await owner.FindAsync("quixw"));

        await WhileOpenAsync(app, () =>
        {
            var files = Directory.GetFiles(app.DataFolder, "facialis.db*");
            Assert.Contains(files, f => f.EndsWith("-wal", StringComparison.Ordinal));
            Assert.Contains(files, f => Holds(f, "P-1")); // so that the search below is not blind
            foreach (var file in files)
            {
                Assert.Equal((file, 0), (file, Secrets.Count(s => Holds(file, s) || Holds(file, s.ToLowerInvariant()))));
            }
        });
    }

    [Fact]
    public async Task No_value_of_any_table_in_postgres_holds_a_name_contact_birth_date_or_note()
    {
        await using var app = await FacialisApp.StartAsync(Database.Postgres);
        await AddSecretPersonAsync(await app.OwnerAsync());

        var dump = await app.InClinicAsync(async (FacialisDb db) =>
        {
            var text = new StringBuilder();
            foreach (var table in await db.Database.SqlQueryRaw<string>("SELECT table_name::text AS \"Value\" FROM information_schema.tables WHERE table_schema = 'public'").ToListAsync(TestContext.Current.CancellationToken))
            {
#pragma warning disable EF1002 // the name comes from the database itself
                var rows = await db.Database.SqlQueryRaw<string>($"SELECT t::text || encode(convert_to(t::text, 'UTF8'), 'escape') AS \"Value\" FROM \"{table}\" t").ToListAsync(TestContext.Current.CancellationToken);
#pragma warning restore EF1002
                rows.ForEach(row => text.AppendLine(row));
            }

            return text.ToString();
        });

        Assert.Contains("P-1", dump, StringComparison.Ordinal);
        foreach (var secret in Secrets)
        {
            Assert.DoesNotContain(secret, dump, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(secret)), dump, StringComparison.OrdinalIgnoreCase); // bytea is shown so
        }
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_sealed_name_moved_to_another_patient_does_not_open_and_takes_no_list_away(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var owner = await app.OwnerAsync();
        var (first, second) = (await owner.AddPersonAsync("P-1", "Baker"), await owner.AddPersonAsync("P-2", "Cooper"));
        await app.InClinicAsync((FacialisDb db) => db.Database.ExecuteSqlAsync(
            $"UPDATE clinic_patient SET \"SealedPerson\" = (SELECT \"SealedPerson\" FROM clinic_patient WHERE \"Code\" = 'P-1') WHERE \"Code\" = 'P-2'", TestContext.Current.CancellationToken));

        Assert.Contains("Baker", await owner.PageAsync($"/clinic/patients/{first}"), StringComparison.Ordinal);
        var damaged = await owner.PageAsync($"/clinic/patients/{second}");
        Assert.DoesNotContain("Baker", damaged, StringComparison.Ordinal);
        Assert.Contains("does not open", damaged, StringComparison.Ordinal);
        var list = await owner.PageAsync("/clinic/patients");
        Assert.Contains("Baker", list, StringComparison.Ordinal);
        Assert.Contains("P-2 (name unreadable)", list, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Erasing_destroys_the_key_and_the_search_words_and_keeps_what_is_counted(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var owner = await app.OwnerAsync();
        var id = await AddSecretPersonAsync(owner);
        var recording = await owner.UploadAsync(id, RecordingBytes.OfHalfAMinute);
        var key = await app.InClinicAsync((FacialisDb db) => db.Set<DataKey>().Where(k => k.Id == id).Select(k => k.Wrapped).SingleAsync(TestContext.Current.CancellationToken));

        var wrong = await owner.CallAsync(HttpMethod.Post, $"/api/patients/{id}/erasure", JsonContent.Create(new { code = "P-2" }));
        Assert.Contains("Nothing was erased", await wrong.SentenceAsync(HttpStatusCode.Conflict), StringComparison.Ordinal);
        var erased = await owner.CallAsync(HttpMethod.Post, $"/api/patients/{id}/erasure", JsonContent.Create(new { code = "p-1" }));
        Assert.Equal(HttpStatusCode.NoContent, erased.StatusCode);

        Assert.Empty(await owner.FindAsync("quixw"));
        Assert.Empty(await owner.FindAsync("P-1"));
        var card = await owner.PageAsync($"/clinic/patients/{id}");
        Assert.Contains("was erased on", card, StringComparison.Ordinal);
        Assert.DoesNotContain("Quixwortham", card, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await owner.Browser.GetAsync($"/api/recordings/{recording}", TestContext.Current.CancellationToken)).StatusCode);
        Assert.False(File.Exists(Path.Combine(app.DataFolder, "recordings", recording + ".facerec")));
        await app.InClinicAsync(async (FacialisDb db) =>
        {
            Assert.False(await db.Set<DataKey>().AnyAsync(k => k.Id == id, TestContext.Current.CancellationToken));
            Assert.False(await db.Set<PatientWord>().AnyAsync(w => w.PatientId == id, TestContext.Current.CancellationToken));
            Assert.True(await db.Set<Patient>().AnyAsync(p => p.Id == id && p.ErasedAt != null, TestContext.Current.CancellationToken));
            return true;
        });
        if (database == Database.Sqlite)
        {
            await WhileOpenAsync(app, () =>
            {
                foreach (var file in Directory.GetFiles(app.DataFolder, "facialis.db*"))
                {
                    Assert.True(File.ReadAllBytes(file).AsSpan().IndexOf(key) < 0, $"{file} still holds the destroyed key.");
                }
            });
        }
    }

    [Fact]
    public async Task The_key_file_is_the_owners_alone_and_a_wrong_or_missing_one_refuses_to_start()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var path = Path.Combine(app.DataFolder, "master.key");
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }

        var right = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);

        await File.WriteAllTextAsync(path, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), TestContext.Current.CancellationToken);
        Assert.Contains("which is not here", (await Assert.ThrowsAsync<WrongMasterKeyException>(() => RestartAsync(app))).Message, StringComparison.Ordinal);
        File.Delete(path);
        Assert.Contains("a new one would not open them", (await Assert.ThrowsAsync<WrongMasterKeyException>(() => RestartAsync(app))).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(path));
        await File.WriteAllTextAsync(path, "not a key", TestContext.Current.CancellationToken);
        Assert.Contains("base64", (await Assert.ThrowsAsync<WrongMasterKeyException>(() => RestartAsync(app))).Message, StringComparison.Ordinal);

        await File.WriteAllTextAsync(path, right, TestContext.Current.CancellationToken);
        await RestartAsync(app);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task After_a_new_master_key_everything_opens_without_the_old_one(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var owner = await app.OwnerAsync();
        var id = await owner.AddPersonAsync("P-1", "Baker");
        var path = Path.Combine(app.DataFolder, "master.key");
        var before = await SealedAsync(app, id);

        app.Services.GetRequiredService<MasterKeys>().AddNewest();
        await app.StartAgainAsync();

        var lines = await File.ReadAllLinesAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(3, lines.Length); // the heading, the new key, the old key
        await File.WriteAllLinesAsync(path, lines[..2], TestContext.Current.CancellationToken);
        await RestartAsync(app); // the new key alone is enough
        Assert.Equal(before.Person, (await SealedAsync(app, id)).Person); // only the key was wrapped anew
        Assert.NotEqual(before.WrappedBy, (await SealedAsync(app, id)).WrappedBy);
        Assert.Equal(["P-1"], await owner.FindAsync("baker"));

        await File.WriteAllLinesAsync(path, [lines[0], lines[2]], TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<WrongMasterKeyException>(() => RestartAsync(app)); // the old key no longer opens anything
    }

    private static Task<Guid> AddSecretPersonAsync(SignedIn owner) =>
        owner.AddPersonAsync("P-1", Secrets[0], Secrets[1], Secrets[2], Secrets[3], Secrets[4], Secrets[5]);

    /// <summary>The start of another process on the same data: it reads its keys anew.</summary>
    private static async Task RestartAsync(FacialisApp app)
    {
        var settings = app.Services.GetRequiredService<FacialisSettings>();
        await using var scope = app.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var check = ActivatorUtilities.CreateInstance<MasterKeyCheck>(services, services.GetRequiredService<FacialisDb>(), new MasterKeys(settings), new SearchIndexRoot());
        await check.RunAsync(TestContext.Current.CancellationToken);
    }

    private static Task<(byte[] Person, string WrappedBy)> SealedAsync(FacialisApp app, Guid id) => app.InClinicAsync(async (FacialisDb db) => (
        (await db.Set<Patient>().AsNoTracking().SingleAsync(p => p.Id == id, TestContext.Current.CancellationToken)).SealedPerson!, // it has a name
        (await db.Set<DataKey>().AsNoTracking().SingleAsync(k => k.Id == id, TestContext.Current.CancellationToken)).WrappedBy));

    /// <summary>Looks at the database's files while a connection is open: SQLite takes its log away when the last one closes, which may be at any moment.</summary>
    private static Task<bool> WhileOpenAsync(FacialisApp app, Action look) => app.InClinicAsync(async (FacialisDb db) =>
    {
        await db.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await db.Set<Patient>().AnyAsync(TestContext.Current.CancellationToken); // from the first question on the connection holds the log
        look();
        await db.Database.CloseConnectionAsync();
        return true;
    });

    private static bool Holds(string file, string text)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0 || bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(text)) >= 0;
    }
}
