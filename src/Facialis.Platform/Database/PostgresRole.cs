using System.Security.Cryptography;
using System.Text;
using Facialis.Platform.Audit;
using Facialis.Platform.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Facialis.Platform.Database;

/// <summary>The PostgreSQL role under which the program serves requests: one that owns no table and cannot pass row-level security.</summary>
/// <remarks>
/// With one connection string, its user owns the tables and the program takes a lesser role made for it. With a second one for the
/// owner (Facialis:DatabaseOwner), the owner makes the tables and the first one's user is itself the lesser role.
/// </remarks>
public sealed partial class PostgresRole(FacialisSettings settings, ILogger<PostgresRole> log)
{
    private const int LongestName = 63;

    /// <summary>The role to take on each connection; null to stay what one signed in as.</summary>
    public string? Name { get; private set; }

    /// <summary>Where the owner of the tables signs in; null when that is the user of every day.</summary>
    internal string? OwnerConnection => string.IsNullOrWhiteSpace(settings.DatabaseOwner) ? null : settings.DatabaseOwner;

    /// <summary>The name, safe to stand in SQL.</summary>
    public static string Quote(string name) => '"' + name.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';

    /// <summary>Gives the lesser role its rights after the tables were brought up to date, and takes it from now on.</summary>
    /// <param name="owner">A context on a connection of the tables' owner.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task PrepareAsync(PostgresFacialisDb owner, CancellationToken cancellation)
    {
        await owner.Database.OpenConnectionAsync(cancellation);
        var connection = (NpgsqlConnection)owner.Database.GetDbConnection();
        if (OwnerConnection is not null)
        {
            var user = new NpgsqlConnectionStringBuilder(settings.Database).Username
                ?? throw new InvalidOperationException("Facialis:Database names no user.");
            await GrantAsync(connection, user, cancellation);
            return;
        }

        var name = NameFor(connection.Database);
        try
        {
            await RunAsync(connection, $"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{Literal(name)}') THEN "
                + $"CREATE ROLE {Quote(name)} NOLOGIN NOSUPERUSER NOBYPASSRLS; END IF; "
                + $"IF NOT pg_has_role(current_user, '{Literal(name)}', 'MEMBER') THEN "
                + $"GRANT {Quote(name)} TO CURRENT_USER; END IF; END $$", cancellation);
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            MayNotMakeRole(log, Quote(name), Quote(connection.UserName ?? ""));
            return;
        }

        await GrantAsync(connection, name, cancellation);
        Name = name;
    }

    /// <summary>Looks at the role that requests will run under.</summary>
    /// <exception cref="InvalidOperationException">It could pass row-level security, or a clinic's table has none.</exception>
    public async Task CheckAsync(PostgresFacialisDb db, CancellationToken cancellation)
    {
        var role = await db.Database.SqlQueryRaw<RunningRole>(
            """
            SELECT current_user::text AS "Name", r.rolsuper OR r.rolbypassrls AS "PassesRowSecurity",
              EXISTS (SELECT FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace
                AND pg_has_role(current_user, c.relowner, 'USAGE')) AS "OwnsTables",
              (SELECT u.rolsuper FROM pg_roles u WHERE u.rolname = session_user) AS "CameAsSuperuser"
            FROM pg_roles r WHERE r.rolname = current_user
            """).SingleAsync(cancellation);
        if (role.PassesRowSecurity)
        {
            throw new InvalidOperationException(
                $"The PostgreSQL user {role.Name} may pass row-level security, so one clinic's rows would not be safe from another. "
                + "Use a user without SUPERUSER and BYPASSRLS; docs/operations.md says how.");
        }

        if (await UnprotectedTables(db).ToListAsync(cancellation) is { Count: > 0 } bare)
        {
            throw new InvalidOperationException($"Row-level security is missing on {string.Join(", ", bare)}. Nothing is served before it is there.");
        }

        if (role.OwnsTables)
        {
            OwnsTables(log, role.Name);
        }
        else if (role.CameAsSuperuser)
        {
            CameAsSuperuser(log);
        }
    }

    /// <summary>Tables with a clinic's column that row-level security does not guard whoever asks.</summary>
    public static IQueryable<string> UnprotectedTables(FacialisDb db) => db.Database.SqlQueryRaw<string>(
        $$"""
        SELECT c.relname::text AS "Value" FROM pg_class c
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = '{{RowSecurity.Column}}' AND NOT a.attisdropped
        WHERE c.relkind IN ('r', 'p') AND c.relnamespace = current_schema()::regnamespace
          AND NOT (c.relrowsecurity AND c.relforcerowsecurity
            AND EXISTS (SELECT FROM pg_policies p WHERE p.schemaname = current_schema() AND p.tablename = c.relname
              AND p.qual LIKE '%{{RowSecurity.Setting}}%' AND p.with_check LIKE '%{{RowSecurity.Setting}}%'))
        ORDER BY 1
        """);

    private static async Task GrantAsync(NpgsqlConnection connection, string role, CancellationToken cancellation) => await RunAsync(
        connection,
        $"""
        DO $$ DECLARE place text := quote_ident(current_schema()); BEGIN
          EXECUTE 'GRANT USAGE ON SCHEMA ' || place || ' TO {Literal(Quote(role))}';
          EXECUTE 'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ' || place || ' TO {Literal(Quote(role))}';
          EXECUTE 'GRANT USAGE ON ALL SEQUENCES IN SCHEMA ' || place || ' TO {Literal(Quote(role))}';
        END $$;
        REVOKE INSERT, UPDATE, DELETE ON "__EFMigrationsHistory" FROM {Quote(role)};
        REVOKE UPDATE, DELETE ON {AuditEntryTable.Name} FROM {Quote(role)};
        REVOKE DELETE ON {AuditLogHeadTable.Name} FROM {Quote(role)};
        """,
        cancellation);

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
#pragma warning disable CA2100 // The only thing put into the text is a role's name, quoted.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>A name of its own for each database, since roles are common to all databases of a server.</summary>
    private static string NameFor(string database)
    {
        const string end = "_app";
        return database.Length + end.Length <= LongestName
            ? database + end
            : database[..40] + "_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(database)))[..8] + end;
    }

    private static string Literal(string text) => text.Replace("'", "''", StringComparison.Ordinal);

    [LoggerMessage(LogLevel.Warning,
        "The PostgreSQL user of Facialis:Database may not make the role {Role}, so requests run as the owner of the tables. Row-level "
        + "security holds, but its owner could switch it off. Once, as an administrator: CREATE ROLE {Role} NOLOGIN; GRANT {Role} TO {User};")]
    private static partial void MayNotMakeRole(ILogger log, string role, string user);

    [LoggerMessage(LogLevel.Warning, "Requests run as {Role}, which owns tables. Row-level security holds, but its owner could switch it off; see docs/operations.md")]
    private static partial void OwnsTables(ILogger log, string role);

    [LoggerMessage(LogLevel.Warning,
        "Facialis signs in to PostgreSQL as a superuser. Requests run under a lesser role, but use an ordinary user; see docs/operations.md")]
    private static partial void CameAsSuperuser(ILogger log);

    private sealed record RunningRole(string Name, bool PassesRowSecurity, bool OwnsTables, bool CameAsSuperuser);
}
