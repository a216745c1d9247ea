using System.Globalization;
using Facialis.Anatomy;
using Facialis.Clinic.FollowUps;
using Facialis.Clinic.Records;
using Facialis.Platform.Clinics;

namespace Facialis.Clinic.Recalls;

/// <summary>A lot as a table: a row for each injection with some of it, with what is needed to reach the patient.</summary>
internal static class RecallCsv
{
    public static readonly IReadOnlyList<string> Columns =
    [
        "product", "lot", "vial_id", "vial_serial", "vial_received", "vial_mixed", "vial_closed", "treatment_id", "version", "given_at", "site_id", "site", "patient_side",
        "dose_units", "dose_unit", "amended", "chart_code", "family_name", "given_name", "phone", "email", "erased", "best_percent", "wore_off_on", "side_effects",
        "signer",
    ];

    public static async Task WriteAsync(TextWriter target, LotRecall recall, SideEffectTerms terms, ClinicTime time)
    {
        await target.WriteLineAsync(string.Join(',', Columns));
        foreach (var patient in recall.Patients)
        {
            foreach (var treatment in patient.Treatments)
            {
                foreach (var point in treatment.Points.Where(p => p.Hundredths > 0))
                {
                    await target.WriteLineAsync(string.Join(',', Cells(recall, patient, treatment, point, terms, time)));
                }
            }
        }
    }

    private static IEnumerable<string> Cells(
        LotRecall recall, RecalledPatient patient, RecalledTreatment treatment, RecalledPoint point, SideEffectTerms terms, ClinicTime time)
    {
        var person = patient.Line.Person;
        yield return Csv.Text(KeptWords.Dose(0, recall.ProductId).Product);
        yield return Csv.Text(recall.Lot);
        yield return point.Vial?.Id.ToString() ?? "";
        yield return Csv.Text(point.Vial?.Serial);
        yield return Csv.Moment(point.Vial?.ReceivedAt, time);
        yield return Csv.Moment(point.Vial?.MixedAt, time);
        yield return Csv.Moment(point.Vial?.ClosedAt, time);
        yield return treatment.TreatmentId.ToString();
        yield return treatment.Version.ToString(CultureInfo.InvariantCulture);
        yield return Csv.Moment(treatment.GivenAt, time);
        yield return Csv.Text(point.SiteId);
        yield return Csv.Text(point.SiteId is { } site ? KeptWords.SiteName(site) : "");
        yield return point.Side?.Word() ?? "";
        yield return Csv.Number(point.Hundredths / 100m);
        yield return Csv.Text(KeptWords.UnitOf(recall.ProductId));
        yield return point.WasAmended ? "yes" : "no";
        yield return Csv.Text(patient.Line.Code);
        yield return Csv.Text(person.FamilyName);
        yield return Csv.Text(person.GivenName);
        yield return Csv.Text(person.Phone);
        yield return Csv.Text(person.Email);
        yield return patient.IsErased ? "yes" : "no";
        yield return Csv.Number(treatment.Outcome.BestPercent);
        yield return treatment.Outcome.WoreOffOn?.Iso() ?? "";
        yield return Csv.Text(RecallWords.SideEffects(treatment, terms));
        yield return Csv.Text(treatment.SignedByName);
    }
}
