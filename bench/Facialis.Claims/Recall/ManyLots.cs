using System.Data.Common;
using System.Globalization;
using Facialis.Anatomy;
using Facialis.Anatomy.Sites;
using Facialis.Claims.Signing;
using Facialis.Clinic.Charts;
using Facialis.Clinic.FollowUps;
using Facialis.Clinic.Injections;
using Facialis.Clinic.Patients;
using Facialis.Clinic.Vials;
using Facialis.Platform.Database;
using Facialis.Platform.Secrets;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Facialis.Claims.Recall;

/// <summary>A clinic with one lot made through the module's own rows and keys, and many others that are copies of it under ids of their own, by plain SQL.</summary>
/// <remarks>A lot: 50 vials of 100 U, 8 treatments from each, 10 injections in each treatment. So a lot is 4,000 administrations.</remarks>
internal sealed class ManyLots(Installation installation) : IAsyncDisposable
{
    public const string Lot = "RECALL-1";
    public const string Product = "onabotulinumtoxinA";
    public const int Vials = 50;
    public const int Treatments = 8;
    public const int Points = 10;
    public const int PerLot = Vials * Treatments * Points;

    /// <summary>Every patient is treated from so many lots.</summary>
    private const int LotsPerPatient = 5;

    private const int RecordBytes = 2000;

    private DbConnection? _connection;

    /// <summary>Lots in the database.</summary>
    public int Lots { get; private set; } = 1;

    /// <summary>The lot that is recalled, with names sealed under keys that open.</summary>
    public Task MakeLotAsync() => installation.DoAsync(async services =>
    {
        var db = services.GetRequiredService<FacialisDb>();
        var add = services.GetRequiredService<AddPatient>();
        var (began, chance) = (DateTimeOffset.UtcNow.AddDays(-200), new Random(1));
        List<(Guid Id, SubjectCipher Cipher)> patients = [];
        for (var n = 0; n < Vials * Treatments; n++)
        {
            var id = Guid.CreateVersion7(began.AddMilliseconds(n));
            add.New(id, $"R-{n:0000}", Person.From($"Invented{n}", "Ada", new DateOnly(1960, 3, 4), "+44 20 7946 0000", $"ada{n}@example.org", "Nobody."), began, isDemonstration: true);
            patients.Add((id, null!)); // found below, once the keys are kept
        }

        await db.SaveChangesAsync();
        var ciphers = await services.GetRequiredService<DataKeys>().FindAsync([.. patients.Select(p => p.Id)], CancellationToken.None);
        patients = [.. patients.Select(p => (p.Id, ciphers[p.Id]))];
        for (var v = 0; v < Vials; v++)
        {
            var mixed = began.AddDays(v);
            var vial = Vial(mixed);
            db.Add(vial);
            for (var t = 0; t < Treatments; t++)
            {
                var (patient, cipher) = patients[(v * Treatments) + t];
                Treat(db, vial, patient, cipher, mixed.AddHours(t), chance);
            }
        }

        await db.SaveChangesAsync();
        return true;
    });

    /// <summary>Copies the lot until there are so many; more than there are.</summary>
    public async Task GrowToAsync(int lots)
    {
        var connection = _connection ??= await OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var numbers = installation.IsPostgres
            ? string.Create(CultureInfo.InvariantCulture, $"generate_series({Lots}, {lots - 1}) AS k(n)")
            : string.Create(CultureInfo.InvariantCulture, $"(WITH RECURSIVE c(n) AS (SELECT {Lots} UNION ALL SELECT n + 1 FROM c WHERE n < {lots - 1}) SELECT n FROM c) AS k");
        // Patients come to several lots, those of the recalled one too.
        var patient = $"CASE WHEN k.n < {LotsPerPatient} THEN \"PatientId\" ELSE {Prefixed("PatientId", $"k.n / {LotsPerPatient} * {LotsPerPatient}")} END";
        var newcomers = $"k.n % {LotsPerPatient} = 0";
        var treatments = $"(SELECT \"TreatmentId\" FROM clinic_treatment WHERE \"Lot\" = '{Lot}')";
        var lot = installation.IsPostgres ? "'L-' || k.n::text" : "'L-' || k.n";
        await CopyAsync("clinic_patient", numbers, $"{newcomers} AND \"Code\" LIKE 'R-____'", new() { ["Id"] = Prefixed("Id"), ["Code"] = installation.IsPostgres ? "\"Code\" || '.' || k.n::text" : "\"Code\" || '.' || k.n" });
        await CopyAsync("platform_data_key", numbers, $"{newcomers} AND \"Id\" IN (SELECT \"Id\" FROM clinic_patient WHERE \"Code\" LIKE 'R-____')", new() { ["Id"] = Prefixed("Id") });
        await CopyAsync("clinic_vial", numbers, $"\"Lot\" = '{Lot}'", new() { ["Id"] = Prefixed("Id"), ["Lot"] = lot });
        await CopyAsync("clinic_vial_movement", numbers, $"\"VialId\" IN (SELECT \"Id\" FROM clinic_vial WHERE \"Lot\" = '{Lot}')",
            new() { ["Id"] = Prefixed("Id"), ["VialId"] = Prefixed("VialId"), ["TreatmentId"] = Prefixed("TreatmentId"), ["PatientId"] = patient });
        foreach (var table in new[] { "clinic_follow_up", "clinic_side_effect" })
        {
            await CopyAsync(table, numbers, $"\"TreatmentId\" IN {treatments}", new() { ["Id"] = Prefixed("Id"), ["TreatmentId"] = Prefixed("TreatmentId"), ["PatientId"] = patient });
        }

        await CopyAsync("clinic_treatment", numbers, $"\"Lot\" = '{Lot}'",
            new() { ["Id"] = Prefixed("Id"), ["TreatmentId"] = Prefixed("TreatmentId"), ["VialId"] = Prefixed("VialId"), ["PatientId"] = patient, ["Lot"] = lot });
        await transaction.CommitAsync();
        Lots = lots;
        if (installation.IsPostgres)
        {
            await RunAsync("VACUUM ANALYZE"); // as a server does by itself after such a change
        }
        else
        {
            await RunAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        }
    }

    /// <summary>Draws for treatments in the whole database.</summary>
    public async Task<long> AdministrationsAsync()
    {
        await using var command = Command("SELECT count(*) FROM clinic_vial_movement WHERE \"TreatmentId\" IS NOT NULL");
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }
    }

    private static Vial Vial(DateTimeOffset mixed) => new()
    {
        Id = Guid.CreateVersion7(mixed),
        ProductId = Product,
        NominalHundredths = 100_00,
        Lot = Lot,
        LotExpires = DateOnly.FromDateTime(mixed.UtcDateTime.AddYears(1)),
        Cost = 180,
        ReceivedAt = mixed.AddDays(-7),
        ReceivedByName = "Nurse",
        DiluentMl = 4,
        MixedAt = mixed,
        MixedByName = "Nurse",
        DrawnHundredths = Treatments * Points * 125,
        ClosedAt = mixed.AddHours(12),
        ClosedByName = "Nurse",
    };

    private static void Treat(FacialisDb db, Vial vial, Guid patient, SubjectCipher cipher, DateTimeOffset at, Random chance)
    {
        var id = Guid.CreateVersion7(at);
        var sites = FaceAtlas.Current.Sites;
        List<GivenPoint> points = [.. Enumerable.Range(0, Points).Select(i =>
        {
            var site = sites[i % sites.Count];
            return new GivenPoint(Guid.CreateVersion7(at), site.Id, Side.PatientLeft, site.UsualPoint.LateralIpd, site.UsualPoint.DownIpd, site.Depth, 1.25m, 1.25m);
        })];
        var sealedRecord = new byte[RecordBytes];
        chance.NextBytes(sealedRecord);
        db.Add(new Treatment
        {
            Id = id,
            TreatmentId = id,
            Version = 1,
            PatientId = patient,
            GivenAt = at,
            SignedAt = at,
            SignedBy = null,
            SignedByName = "Dr. Invented",
            Side = Side.PatientLeft,
            ProductId = Product,
            VialId = vial.Id,
            Lot = Lot,
            TotalHundredths = Points * 125,
            Points = points,
            Hash = new byte[32],
            SealedRecord = sealedRecord,
        });
        foreach (var point in points)
        {
            db.Add(new VialMovement
            {
                Id = Guid.CreateVersion7(at),
                VialId = vial.Id,
                Kind = VialMovementKind.Drawn,
                Hundredths = 125,
                At = at,
                ByName = "Dr. Invented",
                TreatmentId = id,
                PatientId = patient,
                PointId = point.Id,
            });
        }

        var day = DateOnly.FromDateTime(at.UtcDateTime);
        foreach (var after in new[] { 21, 80 })
        {
            var told = Guid.CreateVersion7(at.AddDays(after));
            db.Add(new FollowUp
            {
                Id = told,
                PatientId = patient,
                TreatmentId = id,
                SeenOn = day.AddDays(after),
                RecordedAt = at.AddDays(after),
                RecordedBy = null,
                Way = FollowUpWay.Call,
                FirstEffectOn = day.AddDays(4),
                BestOn = day.AddDays(14),
                BestPercent = 70,
                Holds = after < 50 ? Known.Yes : Known.No,
                WoreOffOn = after < 50 ? null : day.AddDays(after),
                WouldRepeat = Known.Yes,
                HadSideEffects = Known.Yes,
                SealedRemarks = cipher.Seal(FollowUp.Table, told, RecordFollowUp.Remarks, "content"),
            });
        }

        var effect = Guid.CreateVersion7(at.AddDays(5));
        db.Add(new SideEffect
        {
            Id = effect,
            EffectId = effect,
            PatientId = patient,
            TreatmentId = id,
            RecordedAt = at.AddDays(5),
            RecordedBy = null,
            TermId = "eyelid-ptosis",
            FirstOn = day.AddDays(5),
            LastOn = day.AddDays(20),
            Severity = SideEffectSeverity.Mild,
            Seriousness = Seriousness.None,
            Causality = Causality.Related,
            Outcome = SideEffectOutcome.Recovered,
            Grade = 1,
            Points = "",
            SealedWords = cipher.Seal(SideEffect.Table, effect, RecordFollowUp.Words, ""),
        });
    }

    /// <summary>An id of a copy: the number of the copy in place of its first eight signs.</summary>
    private string Prefixed(string column, string number = "k.n") => installation.IsPostgres
        ? $"(lpad(to_hex({number}), 8, '0') || substr(\"{column}\"::text, 9))::uuid"
        : $"printf('%08X', {number}) || substr(\"{column}\", 9)";

    private async Task CopyAsync(string table, string numbers, string where, Dictionary<string, string> own)
    {
        List<string> columns = [];
        await using (var look = Command($"SELECT * FROM {table} LIMIT 0"))
        await using (var reader = await look.ExecuteReaderAsync())
        {
            columns.AddRange(Enumerable.Range(0, reader.FieldCount).Select(reader.GetName));
        }

        await RunAsync($"""
            INSERT INTO {table} ({string.Join(", ", columns.Select(c => $"\"{c}\""))})
            SELECT {string.Join(", ", columns.Select(c => own.GetValueOrDefault(c) ?? $"\"{c}\""))}
            FROM {numbers} CROSS JOIN {table} WHERE {where}
            """);
    }

    private async Task RunAsync(string sql)
    {
        await using var command = Command(sql);
        await command.ExecuteNonQueryAsync();
    }

    private DbCommand Command(string sql)
    {
        var command = (_connection ?? throw new InvalidOperationException("Not open.")).CreateCommand();
#pragma warning disable CA2100 // The texts are this program's own.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.CommandTimeout = 600;
        return command;
    }

    /// <summary>Without asking of every copied row whether the row it belongs to is there: it is.</summary>
    private async Task<DbConnection> OpenAsync()
    {
        DbConnection connection = installation.IsPostgres
            ? new NpgsqlConnection(installation.Connection + ";Pooling=false;Timeout=60")
            : new SqliteConnection($"Data Source={installation.SqliteFile};Pooling=False;Foreign Keys=False");
        await connection.OpenAsync();
        _connection = connection;
        await RunAsync(installation.IsPostgres ? "SET session_replication_role = replica" : "PRAGMA synchronous=OFF; PRAGMA cache_size=-200000");
        return connection;
    }
}
