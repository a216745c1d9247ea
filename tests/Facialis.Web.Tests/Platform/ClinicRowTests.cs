using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Facialis.Platform.Hosting;
using Facialis.Platform.Modules;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Facialis.Web.Tests.Platform;

/// <summary>What deriving from ClinicRow gives a module, shown on a table that only this test has.</summary>
public sealed class ClinicRowTests
{
    public static readonly TheoryData<Database> Databases = [Database.Sqlite, Database.Postgres];

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_clinic_finds_its_own_rows_and_nobody_elses(Database database)
    {
        await using var house = await TwoClinics.CreateAsync(database);
        var mine = await house.AddAsync(house.First, "mine");
        var theirs = await house.AddAsync(house.Second, "theirs");

        await house.WorkAsync(house.First, async db =>
        {
            Assert.Equal([mine], await db.Set<ProbeRow>().Select(r => r.Id).ToListAsync(TestContext.Current.CancellationToken));
            Assert.Null(await db.Set<ProbeRow>().SingleOrDefaultAsync(r => r.Id == theirs, TestContext.Current.CancellationToken));
            Assert.Null(await db.FindAsync<ProbeRow>([theirs], TestContext.Current.CancellationToken));
            Assert.Equal(1, await db.Set<ProbeRow>().ExecuteDeleteAsync(TestContext.Current.CancellationToken));
        });
        await house.WorkAsync(house.Second, async db =>
            Assert.Equal("theirs", (await db.Set<ProbeRow>().SingleAsync(TestContext.Current.CancellationToken)).Note));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task With_no_clinic_entered_nothing_is_seen_and_nothing_saved(Database database)
    {
        await using var house = await TwoClinics.CreateAsync(database);
        await house.AddAsync(house.First, "mine");

        await house.WorkAsync(null, async db =>
        {
            Assert.Empty(await db.Set<ProbeRow>().ToListAsync(TestContext.Current.CancellationToken));
            db.Add(new ProbeRow { Id = Guid.CreateVersion7(), Note = "nobody's" });
            await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync(TestContext.Current.CancellationToken));
        });
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_row_of_another_clinic_cannot_be_changed_even_past_the_filter(Database database)
    {
        await using var house = await TwoClinics.CreateAsync(database);
        var theirs = await house.AddAsync(house.Second, "theirs");

        await house.WorkAsync(house.First, async db =>
        {
            var row = await db.Set<ProbeRow>().IgnoreQueryFilters([FacialisDb.ClinicFilter])
                .SingleAsync(r => r.Id == theirs, TestContext.Current.CancellationToken);
            row.Note = "taken over";
            await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync(TestContext.Current.CancellationToken));
        });
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Two_who_save_the_same_id_at_once_are_told_apart_from_a_fault(Database database)
    {
        await using var house = await TwoClinics.CreateAsync(database);
        var id = await house.AddAsync(house.First, "first");

        await house.WorkAsync(house.First, async db =>
        {
            db.Add(new ProbeRow { Id = id, Note = "second" });
            var failure = await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync(TestContext.Current.CancellationToken));
            Assert.True(db.LostRace(failure));

            db.ChangeTracker.Clear();
            db.Add(new ProbeRow { Id = Guid.CreateVersion7(), Note = null! }); // a missing value is a fault, not a race
            failure = await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync(TestContext.Current.CancellationToken));
            Assert.False(db.LostRace(failure));
        });
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_moment_is_kept_in_utc_and_can_be_sorted_and_compared(Database database)
    {
        await using var house = await TwoClinics.CreateAsync(database);
        var noonInTokyo = new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.FromHours(9));
        var noonInLondon = new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
        await house.AddAsync(house.First, "London", noonInLondon);
        await house.AddAsync(house.First, "Tokyo", noonInTokyo);

        await house.WorkAsync(house.First, async db =>
        {
            var sorted = await db.Set<ProbeRow>().OrderBy(r => r.At).ToListAsync(TestContext.Current.CancellationToken);
            Assert.Equal(["Tokyo", "London"], sorted.Select(r => r.Note));
            Assert.Equal((noonInTokyo.UtcDateTime, TimeSpan.Zero), (sorted[0].At.UtcDateTime, sorted[0].At.Offset));
            Assert.Equal(1, await db.Set<ProbeRow>().CountAsync(r => r.At < noonInLondon, TestContext.Current.CancellationToken));
        });
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_batch_writes_all_of_it_for_the_own_clinic_or_says_what_it_missed(Database database)
    {
        await using var house = await TwoClinics.CreateAsync(database);
        var noon = new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.FromHours(1));
        var (mine, theirs) = (await house.AddAsync(house.First, "mine", noon), await house.AddAsync(house.Second, "theirs"));

        Assert.Null(await RunAsync(mine, "'); DROP TABLE probe_row; --"));
        Assert.Equal("the row", await RunAsync(theirs, "taken over"));

        await house.WorkAsync(house.First, async db =>
        {
            var rows = await db.Set<ProbeRow>().AsNoTracking().OrderBy(r => r.Note).ToListAsync(TestContext.Current.CancellationToken);
            Assert.Equal(["'); DROP TABLE probe_row; --", "new", "new"], rows.Select(r => r.Note));
            Assert.All(rows, r => Assert.Equal((house.First, noon.UtcDateTime), (r.ClinicId, r.At.UtcDateTime)));
            await Assert.ThrowsAsync<InvalidOperationException>(() => new WriteBatch(db).RunAsync(TestContext.Current.CancellationToken)); // no transaction
            await using var transaction = await db.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
            var again = new WriteBatch(db);
            again.Insert([new ProbeRow { Id = mine, Note = "twice" }]);
            Assert.True(db.LostRace(await Assert.ThrowsAsync<DbUpdateException>(() => again.RunAsync(TestContext.Current.CancellationToken))));
        });
        await house.WorkAsync(house.Second, async db =>
            Assert.Equal("theirs", (await db.Set<ProbeRow>().SingleAsync(TestContext.Current.CancellationToken)).Note));

        async Task<string?> RunAsync(Guid id, string note)
        {
            string? missed = null;
            await house.WorkAsync(house.First, async db =>
            {
                await using var transaction = await db.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
                var batch = new WriteBatch(db);
                batch.Change("the row", $"""UPDATE probe_row SET "Note" = {note} WHERE "ClinicId" = {db.ClinicId} AND "Id" = {id} AND "At" = {noon}""");
                batch.Insert([new ProbeRow { Id = Guid.CreateVersion7(), Note = "new", At = noon }, new ProbeRow { Id = Guid.CreateVersion7(), Note = "new", At = noon }]);
                missed = await batch.RunAsync(TestContext.Current.CancellationToken);
                if (missed is null)
                {
                    await transaction.CommitAsync(TestContext.Current.CancellationToken);
                }
            });
            return missed;
        }
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_prepared_query_shows_each_clinic_its_own_rows(Database database)
    {
        await using var house = await TwoClinics.CreateAsync(database);
        await house.AddAsync(house.First, "mine");
        await house.AddAsync(house.Second, "theirs");
        var noted = new PreparedQuery<string, ProbeRow>((db, note) => db.Set<ProbeRow>().Where(r => r.Note == note));

        foreach (var (clinic, own, other) in new[] { (house.First, "mine", "theirs"), (house.Second, "theirs", "mine") })
        {
            await house.WorkAsync(clinic, async db =>
            {
                Assert.Equal(clinic, Assert.Single(await noted.ListAsync(db, own, TestContext.Current.CancellationToken)).ClinicId);
                Assert.Empty(await noted.ListAsync(db, other, TestContext.Current.CancellationToken));
            });
        }
    }

    /// <summary>A module with one table, and a database that holds it and two clinics.</summary>
    private sealed class TwoClinics(ServiceProvider services, string folder, string? postgres) : IAsyncDisposable
    {
        public Guid First { get; } = Guid.CreateVersion7();

        public Guid Second { get; } = Guid.CreateVersion7();

        public static async Task<TwoClinics> CreateAsync(Database database)
        {
            var folder = Directory.CreateTempSubdirectory("facialis-rows-").FullName;
            var postgres = database == Database.Postgres
                ? await PostgresServer.CreateDatabaseAsync(null, TestContext.Current.CancellationToken)
                : null;
            var settings = new ConfigurationBuilder().AddInMemoryCollection(
                [new("Facialis:DataFolder", folder), new("Facialis:Database", postgres)]).Build();
            var services = new ServiceCollection();
            services.AddFacialisPlatform(settings, [new TableProbe()]);
            var house = new TwoClinics(services.BuildServiceProvider(), folder, postgres);
            await house.WorkAsync(null, async db =>
            {
                await db.Database.EnsureCreatedAsync(TestContext.Current.CancellationToken);
                db.AddRange(Clinic(house.First), Clinic(house.Second));
                await db.SaveChangesAsync(TestContext.Current.CancellationToken);
            });
            return house;
        }

        public async Task WorkAsync(Guid? clinic, Func<FacialisDb, Task> work)
        {
            await using var scope = services.CreateAsyncScope();
            if (clinic is { } id)
            {
                scope.ServiceProvider.GetRequiredService<CurrentClinic>().Enter(id);
            }

            await work(scope.ServiceProvider.GetRequiredService<FacialisDb>());
        }

        public async Task<Guid> AddAsync(Guid clinic, string note, DateTimeOffset at = default)
        {
            var row = new ProbeRow { Id = Guid.CreateVersion7(), Note = note, At = at };
            await WorkAsync(clinic, async db =>
            {
                db.Add(row);
                await db.SaveChangesAsync(TestContext.Current.CancellationToken);
            });
            Assert.Equal(clinic, row.ClinicId);
            return row.Id;
        }

        public async ValueTask DisposeAsync()
        {
            await services.DisposeAsync();
            if (postgres is not null)
            {
                await PostgresServer.DropDatabaseAsync(postgres);
            }

            Directory.Delete(folder, recursive: true);
        }

        private static ClinicAccount Clinic(Guid id) =>
            new() { Id = id, Name = "Clinic", IsDemonstration = false, CreatedAt = DateTimeOffset.UnixEpoch };
    }

    private sealed class TableProbe : IModule
    {
        public string Name => "probe";

        public void ConfigureModel(ModelBuilder model) => model.Entity<ProbeRow>().ToTable("probe_row");
    }

    private sealed class ProbeRow : ClinicRow
    {
        public required string Note { get; set; }

        public DateTimeOffset At { get; init; }
    }
}
