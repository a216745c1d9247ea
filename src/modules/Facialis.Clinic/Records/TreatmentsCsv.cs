using System.Globalization;
using Facialis.Anatomy;
using Facialis.Clinic.Injections;
using Facialis.Clinic.Patients;
using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Facialis.Platform.Secrets;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Clinic.Records;

/// <summary>The clinic's treatments as a table: a row for each injection of the newest versions, with chart codes and no names.</summary>
/// <remarks>Beside every number of units stands a column that says of which product. Rows are read and written one treatment at a time.</remarks>
internal sealed class TreatmentsCsv(FacialisDb db, DataKeys keys, ClinicTime time)
{
    public static readonly IReadOnlyList<string> Columns =
    [
        "treatment_id", "version", "chart_code", "day", "given_at", "side_treated", "point", "site_id", "site", "patient_side", "depth", "lateral_ipd", "down_ipd",
        "dose_units", "dose_unit", "planned_units", "planned_unit", "volume_ml", "treatment_total_units", "treatment_total_unit", "product", "lot", "lot_expires",
        "vial_id", "vial_units", "vial_unit", "diluent_ml", "signer", "signed_at", "sha256", "holds", "demonstration",
    ];

    /// <summary>Writes the rows of the clinic's days from and to, both included; null for no limit.</summary>
    public async Task WriteAsync(TextWriter target, DateOnly? from, DateOnly? to, CancellationToken cancellation)
    {
        await target.WriteLineAsync(string.Join(',', Columns));
        var found = db.Set<Treatment>().AsNoTracking().Where(t => !db.Set<Treatment>().Any(n => n.TreatmentId == t.TreatmentId && n.Version > t.Version));
        if (from is { } first)
        {
            var start = time.At(first);
            found = found.Where(t => t.GivenAt >= start);
        }

        if (to is { } last)
        {
            var end = time.At(last.AddDays(1));
            found = found.Where(t => t.GivenAt < end);
        }

        var rows = from treatment in found
                   join patient in db.Set<Patient>() on treatment.PatientId equals patient.Id
                   join key in db.Set<DataKey>() on treatment.PatientId equals key.Id into owned
                   from key in owned.DefaultIfEmpty()
                   orderby treatment.GivenAt, treatment.TreatmentId
                   select new { treatment, patient.Code, key };
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancellation))
        {
            var signed = ReadTreatments.Check(row.treatment, row.key is null ? null : keys.Open(row.key));
            for (var i = 0; i < row.treatment.Points.Count; i++)
            {
                await target.WriteLineAsync(string.Join(',', Cells(signed, row.Code, i)));
            }
        }
    }

    private IEnumerable<string> Cells(CheckedTreatment signed, string code, int index)
    {
        var (row, record, point) = (signed.Row, signed.Record, signed.Row.Points[index]);
        var unit = Csv.Text(KeptWords.UnitOf(row.ProductId));
        yield return row.TreatmentId.ToString();
        yield return row.Version.ToString(CultureInfo.InvariantCulture);
        yield return Csv.Text(code);
        yield return time.DayOf(row.GivenAt).Iso();
        yield return Csv.Moment(row.GivenAt, time);
        yield return row.Side is { } side ? side.Word() : "Both";
        yield return (index + 1).ToString(CultureInfo.InvariantCulture);
        yield return Csv.Text(point.SiteId);
        yield return Csv.Text(KeptWords.SiteName(point.SiteId));
        yield return point.Side.Word();
        yield return point.Depth.ToString();
        yield return Csv.Number(point.LateralIpd);
        yield return Csv.Number(point.DownIpd);
        yield return Csv.Number(point.Units);
        yield return unit;
        yield return Csv.Number(point.PlannedUnits);
        yield return unit;
        yield return Csv.Number(record is not null && index < record.Points.Count ? record.Points[index].VolumeMl : null);
        yield return Csv.Number(row.TotalHundredths / 100m);
        yield return unit;
        yield return Csv.Text(KeptWords.Dose(0, row.ProductId).Product);
        yield return Csv.Text(row.Lot);
        yield return record?.Vial.Expires?.Iso() ?? "";
        yield return row.VialId?.ToString() ?? "";
        yield return Csv.Number(record?.Vial.Units);
        yield return record is null ? "" : unit;
        yield return Csv.Number(record?.Vial.DiluentMl);
        yield return Csv.Text(row.SignedByName);
        yield return Csv.Moment(row.SignedAt, time);
        yield return signed.HashText;
        yield return signed.IsErased ? "patient erased" : signed.IsValid ? "yes" : "no";
        yield return row.IsDemonstration ? "yes" : "no";
    }
}
