using System.Globalization;
using System.Text;
using Facialis.Anatomy;
using Facialis.Spasm.Report;

namespace Facialis.Clinic.Measurements;

/// <summary>The events of a report as a table for a spreadsheet; units stand in the column names.</summary>
internal static class EventsCsv
{
    public static string Write(SpasmReport report)
    {
        var csv = new StringBuilder(
            "number,patient_side,kind,start_s,end_s,peak_s,duration_s,regions,lid_closure_share,lid_iod,mouth_iod,brow_iod,"
            + "brow_lift_with_closure,strength_sd,counted,side_confirmed,algorithm\r\n");
        foreach (var e in report.Events)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{e.Number},{e.Side.Word()},{Word(e.Kind)},{e.StartSeconds:0.000},{e.EndSeconds:0.000},{e.PeakSeconds:0.000},")
                .Append(CultureInfo.InvariantCulture, $"{e.DurationSeconds:0.000},{string.Join('+', e.Regions.Select(r => r.ToString().ToLowerInvariant()))},")
                .Append(CultureInfo.InvariantCulture, $"{e.LidClosure:0.000},{e.LidIod:0.0000},{e.MouthIod:0.0000},{e.BrowIod:0.0000},")
                .Append(CultureInfo.InvariantCulture, $"{YesNo(e.BrowLiftWithClosure)},{e.Strength:0.0},{YesNo(e.Counted)},")
                .Append(CultureInfo.InvariantCulture, $"{YesNo(report.Recording.SideConfirmed)},{report.AlgorithmVersion}\r\n");
        }

        return csv.ToString();
    }

    private static string Word(SpasmKind kind) => kind == SpasmKind.Tonic ? "tonic" : "clonic";

    private static string YesNo(bool value) => value ? "yes" : "no";
}
