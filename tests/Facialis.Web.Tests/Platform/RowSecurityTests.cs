using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Facialis.Web.Tests.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Facialis.Web.Tests.Platform;

/// <summary>The second wall between clinics: PostgreSQL itself, whatever a query says.</summary>
public sealed class RowSecurityTests
{
    private static readonly string[] Forbidden =
        ["ALTER TABLE clinic_patient DISABLE ROW LEVEL SECURITY", "DELETE FROM platform_audit_entry", "DROP TABLE clinic_patient"];

    [Fact]
    public async Task Every_table_with_a_clinic_is_guarded_against_its_owner_too()
    {
        await using var app = await FacialisApp.StartAsync(Database.Postgres);

        var (guarded, bare) = await app.WithAsync(async (FacialisDb db) => (
            await db.Database.SqlQueryRaw<string>(
                """
                SELECT c.relname::text AS "Value" FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'ClinicId'
                WHERE c.relkind IN ('r', 'p') AND c.relrowsecurity AND c.relforcerowsecurity
                """).ToListAsync(TestContext.Current.CancellationToken),
            await PostgresRole.UnprotectedTables(db).ToListAsync(TestContext.Current.CancellationToken)));
        var owned = await app.WithAsync((FacialisDb db) => Task.FromResult(db.Model.GetEntityTypes()
            .Where(e => e.FindProperty("ClinicId") is not null).Select(e => e.GetTableName()!).Distinct().ToList()));

        Assert.Empty(bare);
        Assert.Contains("clinic_patient", guarded);
        Assert.Equal(owned.Order(StringComparer.Ordinal), guarded.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_start_refuses_to_serve_when_a_table_lost_its_guard()
    {
        await using var app = await FacialisApp.StartAsync(Database.Postgres);
        await app.AsDatabaseOwnerAsync("ALTER TABLE clinic_patient NO FORCE ROW LEVEL SECURITY");

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(app.StartAgainAsync);

        Assert.Contains("clinic_patient", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_run_under_a_role_that_owns_nothing_and_passes_nothing()
    {
        await using var app = await FacialisApp.StartAsync(Database.Postgres);

        var role = await app.WithAsync((FacialisDb db) => db.Database.SqlQueryRaw<string>(
            """
            SELECT concat_ws(' ', rolsuper, rolbypassrls, (SELECT count(*) FROM pg_class WHERE relowner = r.oid)) AS "Value"
            FROM pg_roles r WHERE rolname = current_user
            """).SingleAsync(TestContext.Current.CancellationToken));

        Assert.Equal("f f 0", role);
        await app.WithAsync(async (FacialisDb db) =>
        {
            foreach (var forbidden in Forbidden)
            {
                var refusal = await Assert.ThrowsAsync<PostgresException>(
                    () => db.Database.ExecuteSqlRawAsync(forbidden, TestContext.Current.CancellationToken));
                Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refusal.SqlState);
            }

            return true;
        });
    }

    [Fact]
    public async Task Plain_sql_sees_and_writes_rows_of_the_entered_clinic_only()
    {
        await using var app = await FacialisApp.StartAsync(Database.Postgres);
        var first = await app.FirstClinicAsync();
        var second = await AddClinicAsync(app);
        await AddPatientAsync(app, first, "MINE");
        await AddPatientAsync(app, second, "THEIRS");

        await app.WorkAsync(first, async (db, _) =>
        {
            Assert.Equal(["MINE"], await CodesAsync(db));
            Assert.Equal(1, await db.Database.ExecuteSqlRawAsync("UPDATE clinic_patient SET \"IsDemonstration\" = true", TestContext.Current.CancellationToken));
            var refusal = await Assert.ThrowsAsync<PostgresException>(() => InsertAsync(db, second, "SLIPPED IN"));
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refusal.SqlState);
            await Assert.ThrowsAsync<PostgresException>(() => db.Database.ExecuteSqlAsync(
                $"""UPDATE clinic_patient SET "ClinicId" = {second}""", TestContext.Current.CancellationToken));
        });
        await app.WithAsync(async (FacialisDb db) =>
        {
            Assert.Empty(await CodesAsync(db)); // nobody entered anything
            return true;
        });
    }

    [Fact]
    public async Task Entering_rolling_back_and_the_pool_never_leave_another_clinic_on_the_connection()
    {
        await using var app = await FacialisApp.StartAsync(Database.Postgres);
        var first = await app.FirstClinicAsync();
        var second = await AddClinicAsync(app);
        await AddPatientAsync(app, first, "MINE");
        await AddPatientAsync(app, second, "THEIRS");

        await app.WithAsync(async (IServiceProvider scope) =>
        {
            // Like the first start: a transaction begins with no clinic, and enters one half way.
            var db = scope.GetRequiredService<FacialisDb>();
            await using var transaction = await db.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
            Assert.Empty(await CodesAsync(db));
            scope.GetRequiredService<CurrentClinic>().Enter(first);
            Assert.Equal(["MINE"], await CodesAsync(db));
            return true;
        });
        await app.WorkAsync(first, async (db, _) =>
        {
            await db.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
            await using (var transaction = await db.Database.BeginTransactionAsync(TestContext.Current.CancellationToken))
            {
                Assert.Equal(["MINE"], await CodesAsync(db)); // told within the transaction, taken back with it
                await transaction.RollbackAsync(TestContext.Current.CancellationToken);
            }

            Assert.Equal(["MINE"], await CodesAsync(db));
            await using (await db.Database.BeginTransactionAsync(TestContext.Current.CancellationToken))
            {
                Assert.Equal(["MINE"], await CodesAsync(db));
            }

            Assert.Equal(["MINE"], await CodesAsync(db));
        });

        // More workers than connections: each connection passes from clinic to clinic.
        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Task.Run(() => app.WorkAsync(i % 2 == 0 ? first : second, async (db, _) =>
        {
            for (var again = 0; again < 5; again++)
            {
                Assert.Equal([i % 2 == 0 ? "MINE" : "THEIRS"], await CodesAsync(db));
            }
        }))));
        await app.WithAsync(async (FacialisDb db) =>
        {
            Assert.Empty(await CodesAsync(db));
            return true;
        });
    }

    [Fact]
    public async Task A_person_is_found_before_sign_in_and_afterwards_only_by_the_own_clinic()
    {
        await using var app = await FacialisApp.StartAsync(Database.Postgres);
        await app.OtherClinicAsync();
        var first = await app.FirstClinicAsync();

        Assert.Equal(2, await app.WithAsync((FacialisDb db) => db.Users.CountAsync(TestContext.Current.CancellationToken)));
        await app.WorkAsync(first, async (db, _) => Assert.Equal(1, await db.Users.CountAsync(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task With_two_connection_strings_the_owner_makes_the_tables_and_another_serves()
    {
        var user = $"daily_{Guid.NewGuid():N}";
        var owner = await PostgresServer.CreateDatabaseAsync(null, TestContext.Current.CancellationToken);
        try
        {
            await RunAsync(owner, $"CREATE ROLE {user} LOGIN");
            var daily = new NpgsqlConnectionStringBuilder(owner) { Username = user }.ConnectionString;
            await using (var app = await FacialisApp.StartAsync(
                Database.Postgres, new Dictionary<string, string> { ["Facialis:Database"] = daily, ["Facialis:DatabaseOwner"] = owner }))
            {
                Assert.Contains(user, await app.WithAsync((FacialisDb db) =>
                    db.Database.SqlQueryRaw<string>("SELECT current_user::text AS \"Value\"").SingleAsync(TestContext.Current.CancellationToken)), StringComparison.Ordinal);
                var person = await app.OwnerAsync();
                await person.PageAsync("/clinic/patients");
            }
        }
        finally
        {
            await PostgresServer.DropDatabaseAsync(owner);
            await PostgresServer.DropRoleAsync(user);
        }
    }

    [Fact]
    public async Task A_user_of_every_day_who_could_pass_the_guard_is_refused()
    {
        var user = $"passes_{Guid.NewGuid():N}";
        var owner = await PostgresServer.CreateDatabaseAsync(null, TestContext.Current.CancellationToken);
        try
        {
            await RunAsync(owner, $"CREATE ROLE {user} LOGIN BYPASSRLS");
            var daily = new NpgsqlConnectionStringBuilder(owner) { Username = user }.ConnectionString;

            var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => FacialisApp.StartAsync(
                Database.Postgres, new Dictionary<string, string> { ["Facialis:Database"] = daily, ["Facialis:DatabaseOwner"] = owner }));

            Assert.Contains("BYPASSRLS", refusal.Message, StringComparison.Ordinal);
        }
        finally
        {
            await PostgresServer.DropDatabaseAsync(owner);
            await PostgresServer.DropRoleAsync(user);
        }
    }

    [Fact]
    public async Task An_owner_who_may_make_no_role_is_told_so_and_still_walled_in()
    {
        var user = $"owner_{Guid.NewGuid():N}";
        var database = await PostgresServer.CreateDatabaseAsync(null, TestContext.Current.CancellationToken);
        try
        {
            await RunAsync(database, $"CREATE ROLE {user} LOGIN; ALTER SCHEMA public OWNER TO {user};");
            var ordinary = new NpgsqlConnectionStringBuilder(database) { Username = user }.ConnectionString;
            await using var app = await FacialisApp.StartAsync(Database.Postgres, new Dictionary<string, string> { ["Facialis:Database"] = ordinary });
            var first = await app.FirstClinicAsync();
            var second = await AddClinicAsync(app);
            await AddPatientAsync(app, second, "THEIRS");

            await app.WorkAsync(first, async (db, _) => Assert.Empty(await CodesAsync(db)));

            Assert.Contains(app.Log.Lines, line => line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains("CREATE ROLE", StringComparison.Ordinal));
        }
        finally
        {
            await PostgresServer.DropDatabaseAsync(database);
            await PostgresServer.DropRoleAsync(user);
        }
    }

    private static Task<List<string>> CodesAsync(FacialisDb db) =>
        db.Database.SqlQueryRaw<string>("SELECT \"Code\" AS \"Value\" FROM clinic_patient").ToListAsync(TestContext.Current.CancellationToken);

    private static Task<Guid> AddClinicAsync(FacialisApp app) => app.WithAsync(async (FacialisDb db) =>
    {
        var clinic = new ClinicAccount { Id = Guid.CreateVersion7(), Name = "Second", IsDemonstration = false, CreatedAt = app.Clock.GetUtcNow().AddDays(1) };
        db.Add(clinic);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        return clinic.Id;
    });

    private static Task AddPatientAsync(FacialisApp app, Guid clinic, string code) => app.WorkAsync(clinic, (db, _) => InsertAsync(db, clinic, code));

    private static Task<int> InsertAsync(FacialisDb db, Guid clinic, string code) => db.Database.ExecuteSqlAsync(
        $"""INSERT INTO clinic_patient ("Id", "ClinicId", "Code", "CreatedAt", "IsDemonstration") VALUES ({Guid.CreateVersion7()}, {clinic}, {code}, now(), false)""",
        TestContext.Current.CancellationToken);

    private static async Task RunAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
