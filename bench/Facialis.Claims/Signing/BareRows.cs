using System.Data.Common;
using System.Globalization;

namespace Facialis.Claims.Signing;

/// <summary>The statements that write what one signature writes, one for each row, prepared once on one connection.</summary>
/// <remarks>Values come from a treatment that the product signed, so every row is as long as the product's; ids are those of the work.</remarks>
internal sealed class BareRows
{
    private readonly List<(DbCommand Command, Action<DbCommand, BareWork> Fill)> _statements = [];

    private BareRows()
    {
    }

    public static BareRows Prepare(DbConnection connection, Guid example)
    {
        var rows = new BareRows();
        var treatment = Read(connection, "clinic_treatment", "\"Id\" = @id", ("id", example)).Single();
        var movements = Read(connection, "clinic_vial_movement", "\"TreatmentId\" = @id", ("id", example));
        var entries = Read(
            connection, "platform_audit_entry", "\"PatientId\" = @id AND (\"Action\" = @sign OR \"What\" = 'vial draw')",
            ("id", treatment["PatientId"]), ("sign", (int)Platform.Audit.AuditAction.Sign));
        var head = Read(connection, "platform_audit_log", "\"ClinicId\" = @id", ("id", treatment["ClinicId"])).Single();
        if (movements.Count == 0 || entries.Count != 2)
        {
            throw new InvalidOperationException($"The example has {movements.Count} draws and {entries.Count} entries of the log.");
        }

        rows.Update(connection, "UPDATE clinic_plan SET \"State\" = 1, \"ClosedAt\" = @at WHERE \"Id\" = @id", ("at", treatment["GivenAt"]), w => w.Plan);
        rows.Update(connection, "UPDATE clinic_intake SET \"TreatmentId\" = @treatment WHERE \"Id\" = @id", ("treatment", example), w => w.Intake, "treatment", w => w.Treatment);
        rows.Update(
            connection, "UPDATE clinic_vial SET \"DrawnHundredths\" = \"DrawnHundredths\" + @units WHERE \"Id\" = @id",
            ("units", treatment["TotalHundredths"]), w => w.Vial);
        foreach (var (i, movement) in movements.Index())
        {
            rows.Insert(connection, "clinic_vial_movement", movement, new()
            {
                ["Id"] = w => w.Draws[i],
                ["VialId"] = w => w.Vial,
                ["TreatmentId"] = w => w.Treatment,
                ["PatientId"] = w => w.Patient,
            });
        }

        rows.Insert(connection, "clinic_treatment", treatment, new()
        {
            ["Id"] = w => w.Treatment,
            ["TreatmentId"] = w => w.Treatment,
            ["PatientId"] = w => w.Patient,
            ["PlanId"] = w => w.Plan,
            ["VialId"] = w => w.Vial,
        });
        rows.Update(connection, "UPDATE clinic_patient SET \"ChangedAt\" = @at WHERE \"Id\" = @id", ("at", treatment["SignedAt"]), w => w.Patient);
        foreach (var (i, entry) in entries.Index())
        {
            rows.Insert(connection, "platform_audit_entry", entry, new()
            {
                ["Sequence"] = w => w.Sequence + i,
                ["SubjectId"] = w => w.Treatment,
                ["PatientId"] = w => w.Patient,
            });
        }

        rows.Update(
            connection, "UPDATE platform_audit_log SET \"Size\" = @size, \"Frontier\" = @edge WHERE \"ClinicId\" = @id",
            ("edge", head["Frontier"]), _ => head["ClinicId"], "size", w => w.Sequence + 2);
        return rows;
    }

    /// <summary>Writes one treatment's rows within a transaction.</summary>
    public void Write(DbTransaction transaction, BareWork work)
    {
        foreach (var (command, fill) in _statements)
        {
            command.Transaction = transaction;
            fill(command, work);
            if (command.ExecuteNonQuery() != 1)
            {
                throw new InvalidOperationException($"Not one row was written by {command.CommandText}");
            }
        }
    }

    private void Update(
        DbConnection connection, string sql, (string Name, object Value) kept, Func<BareWork, object> id, string? also = null, Func<BareWork, object>? value = null)
    {
        var command = Command(connection, sql, kept);
        Add(command, "id", id(BareWork.None));
        if (also is not null && also != kept.Name)
        {
            Add(command, also, value!(BareWork.None)); // both are given
        }

        command.Prepare();
        _statements.Add((command, (filled, work) =>
        {
            filled.Parameters["id"].Value = id(work);
            if (also is not null)
            {
                filled.Parameters[also].Value = value!(work); // both are given
            }
        }
        ));
    }

    private void Insert(DbConnection connection, string table, Dictionary<string, object> row, Dictionary<string, Func<BareWork, object>> own)
    {
        var columns = row.Keys.ToList();
        var sql = $"INSERT INTO {table} ({string.Join(", ", columns.Select(c => $"\"{c}\""))}) VALUES ({string.Join(", ", columns.Select((_, i) => $"@p{i}"))})";
        var command = Command(connection, sql, [.. columns.Select((c, i) => ($"p{i}", own.TryGetValue(c, out var value) ? value(BareWork.None) : row[c]))]);
        command.Prepare();
        var changing = columns.Select((c, i) => (Index: i, Of: own.GetValueOrDefault(c))).Where(c => c.Of is not null).ToList();
        _statements.Add((command, (filled, work) => changing.ForEach(c => filled.Parameters[c.Index].Value = c.Of!(work)))); // asked for
    }

    /// <summary>Rows with their columns; what is null is left out.</summary>
    private static List<Dictionary<string, object>> Read(DbConnection connection, string table, string where, params (string Name, object Value)[] values)
    {
        using var command = Command(connection, $"SELECT * FROM {table} WHERE {where}", values);
        using var row = command.ExecuteReader();
        List<Dictionary<string, object>> rows = [];
        while (row.Read())
        {
            rows.Add(Enumerable.Range(0, row.FieldCount).Where(i => !row.IsDBNull(i)).ToDictionary(row.GetName, row.GetValue));
        }

        return rows;
    }

    private static DbCommand Command(DbConnection connection, string sql, params (string Name, object Value)[] values)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are this program's own.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in values)
        {
            Add(command, name, value);
        }

        return command;
    }

    private static void Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }
}

/// <summary>One treatment to be written.</summary>
/// <param name="Treatment">Its id.</param>
/// <param name="Patient">Whom.</param>
/// <param name="Plan">The plan that it closes.</param>
/// <param name="Vial">The vial that it is drawn from.</param>
/// <param name="Intake">The health answers that it uses up.</param>
/// <param name="Sequence">Place of its first entry in the log.</param>
/// <param name="Draws">Ids of the draws.</param>
internal sealed record BareWork(Guid Treatment, Guid Patient, Guid Plan, Guid Vial, Guid Intake, long Sequence, IReadOnlyList<Guid> Draws)
{
    private const int MostPoints = 80;

    public static BareWork None { get; } = new(Guid.Empty, Guid.Empty, Guid.Empty, Guid.Empty, Guid.Empty, 0, [.. Enumerable.Repeat(Guid.Empty, MostPoints)]);

    /// <summary>A line of the list of work: treatment, patient, plan, vial and answers.</summary>
    public static BareWork Read(string line, long sequence)
    {
        var ids = line.Split(' ').Select(id => Guid.Parse(id, CultureInfo.InvariantCulture)).ToList();
        return new BareWork(ids[0], ids[1], ids[2], ids[3], ids[4], sequence, [.. Enumerable.Range(0, MostPoints).Select(_ => Guid.CreateVersion7())]);
    }
}
