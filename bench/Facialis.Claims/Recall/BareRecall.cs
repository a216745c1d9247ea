using System.Data.Common;
using Facialis.Claims.Signing;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Facialis.Claims.Recall;

/// <summary>The same rows of a lot as the product reads, by hand-written SQL along the same indexes: one open connection, prepared statements, every column read.</summary>
/// <remarks>
/// CROSS JOIN holds SQLite to the order that is written, from the lot on; PostgreSQL finds it by itself. It opens no name and makes nothing of the rows: what is above it is what the product adds.
/// </remarks>
internal sealed class BareRecall : IDisposable
{
    private const string OfLot = "v.\"ClinicId\" = @clinic AND v.\"Lot\" = @lot AND v.\"ProductId\" = @product";

    private const string OfTreated = $"""{OfLot} AND t."ClinicId" = @clinic AND t."VialId" = v."Id" """;

    private const string Treated = """
        clinic_vial v CROSS JOIN clinic_treatment t
        """;

    private static readonly string[] Statements =
    [
        $"SELECT * FROM clinic_vial v WHERE {OfLot} ORDER BY \"ReceivedAt\"",
        $"""
        SELECT m."VialId", m."Kind", m."Hundredths", m."TreatmentId", m."PointId"
        FROM clinic_vial v CROSS JOIN clinic_vial_movement m
        WHERE {OfLot} AND m."ClinicId" = @clinic AND m."VialId" = v."Id"
        """,
        $"""
        SELECT t."TreatmentId", t."Version", t."PatientId", t."GivenAt", t."Side", t."SignedByName", t."ProductId", t."VialId", t."Lot", t."Points"
        FROM {Treated} WHERE {OfTreated}
        """,
        $"""
        SELECT f.* FROM {Treated} CROSS JOIN clinic_follow_up f
        WHERE {OfTreated} AND f."ClinicId" = @clinic AND f."PatientId" = t."PatientId" AND f."TreatmentId" = t."TreatmentId"
        """,
        $"""
        SELECT s.* FROM {Treated} CROSS JOIN clinic_side_effect s
        WHERE {OfTreated} AND s."ClinicId" = @clinic AND s."PatientId" = t."PatientId" AND s."TreatmentId" = t."TreatmentId"
        """,
        $"""
        SELECT p.*, k.* FROM {Treated} CROSS JOIN clinic_patient p LEFT JOIN platform_data_key k ON k."Id" = p."Id"
        WHERE {OfTreated} AND p."ClinicId" = @clinic AND p."Id" = t."PatientId"
        """,
    ];

    private readonly DbConnection _connection;
    private readonly List<DbCommand> _commands = [];

    public BareRecall(Installation installation)
    {
        _connection = installation.IsPostgres ? new NpgsqlConnection(installation.Connection + ";Pooling=false") : new SqliteConnection(installation.Connection + ";Pooling=False");
        _connection.Open();
        foreach (var sql in Statements)
        {
            var command = _connection.CreateCommand();
#pragma warning disable CA2100 // The texts stand above.
            command.CommandText = sql;
#pragma warning restore CA2100
            // EF keeps ids as capitals in SQLite.
            Add(command, "clinic", installation.IsPostgres ? installation.ClinicId : installation.ClinicId.ToString().ToUpperInvariant());
            Add(command, "lot", ManyLots.Lot);
            Add(command, "product", ManyLots.Product);
            command.Prepare();
            _commands.Add(command);
        }
    }

    /// <summary>Reads everything once; how many rows each statement gave.</summary>
    public IReadOnlyList<int> Read()
    {
        List<int> counts = [];
        foreach (var command in _commands)
        {
            using var row = command.ExecuteReader();
            var (values, rows) = (new object[row.FieldCount], 0);
            while (row.Read())
            {
                row.GetValues(values);
                rows++;
            }

            counts.Add(rows);
        }

        return counts;
    }

    public void Dispose()
    {
        _commands.ForEach(c => c.Dispose());
        _connection.Dispose();
    }

    private static void Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }
}
