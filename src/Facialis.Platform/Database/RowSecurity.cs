using Facialis.Platform.Clinics;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Facialis.Platform.Database;

/// <summary>Row-level security of PostgreSQL: the second wall between clinics, which holds even where a query forgets the first.</summary>
/// <remarks>
/// A new table with a column ClinicId gets it by itself (<see cref="RowSecuritySql"/>). The methods here are for a migration that
/// wants something else; on SQLite, which has no such thing, they do nothing.
/// </remarks>
public static class RowSecurity
{
    /// <summary>The setting of a connection that names the clinic it works for. Unset or empty: no row is seen.</summary>
    public const string Setting = "facialis.clinic";

    /// <summary>The column that makes a table a clinic's.</summary>
    public const string Column = nameof(IBelongToClinic.ClinicId);

    private const string Policy = "own_clinic";
    private const string Entered = $"nullif(current_setting('{Setting}', true), '')";
    private const string IsOwn = $"\"{Column}\" = {Entered}::uuid";

    /// <summary>Shows and takes rows of the entered clinic only. For tables made before this was done by itself.</summary>
    public static void OwnRowsByClinic(this MigrationBuilder migration, string table) => Add(migration, ForOwnRows(table));

    /// <summary>As <see cref="OwnRowsByClinic"/>, but open while no clinic is entered: for what must be found before anyone is signed in.</summary>
    public static void OpenBeforeSignIn(this MigrationBuilder migration, string table) =>
        Add(migration, Protect(table, $"{Entered} IS NULL OR {IsOwn}"));

    /// <summary>Changes rows of every clinic, which plain SQL in a migration would not see.</summary>
    /// <param name="migration">The migration.</param>
    /// <param name="table">The table that the statement changes.</param>
    /// <param name="sql">One statement, good for both databases.</param>
    public static void ChangeEveryClinic(this MigrationBuilder migration, string table, string sql)
    {
        Add(migration, $"ALTER TABLE \"{table}\" NO FORCE ROW LEVEL SECURITY;");
        migration.Sql(sql);
        Add(migration, $"ALTER TABLE \"{table}\" FORCE ROW LEVEL SECURITY;");
    }

    internal static string ForOwnRows(string table) => Protect(table, IsOwn);

    private static string Protect(string table, string condition) =>
        $"""
        ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY;
        ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY;
        DROP POLICY IF EXISTS {Policy} ON "{table}";
        CREATE POLICY {Policy} ON "{table}" USING ({condition}) WITH CHECK ({condition});
        """;

    private static void Add(MigrationBuilder migration, string sql)
    {
        if (migration.ActiveProvider == "Npgsql.EntityFrameworkCore.PostgreSQL")
        {
            migration.Sql(sql);
        }
    }
}
