using System.Globalization;
using Facialis.Clinic.Injections.Documents;
using Facialis.Clinic.Printing;
using Facialis.Platform.Clinics;

namespace Facialis.Clinic.FollowUps.Reports;

/// <summary>The report of side effects on A4: what is recorded is printed, what is not gets a line to write on.</summary>
internal static class SideEffectReportPdf
{
    private const double Type = 8.2;

    private static readonly string[] Destinations =
    [
        "United States: FDA MedWatch", "United Kingdom: MHRA Yellow Card", "European Union: EudraVigilance, through the national agency", "Canada: Health Canada, Canada Vigilance",
        "Australia: TGA", "New Zealand: Medsafe, CARM", "everywhere: the manufacturer of the product",
    ];

    public static byte[] Make(SideEffectReport report, ClinicTime time)
    {
        var record = report.Record;
        var title = "Report of suspected side effects";
        using var sheet = new Sheet($"{title}, treatment {record.Treatment}", report.Clinic, time.Local(report.Printed).DateTime)
        {
            RunningHead = $"{report.Clinic}  ·  {title}  ·  chart {report.Chart}{(report.IsDemonstration ? "  ·  DEMONSTRATION" : "")}",
            Foot = $"Treatment {record.Treatment}  ·  printed {time.Moment(report.Printed)} ({time.Zone})  ·  Facialis has sent this to nobody.",
        };
        Head(sheet, report, title);
        Patient(sheet, report);
        Product(sheet, report, time);
        foreach (var effect in report.Effects)
        {
            Reaction(sheet, effect, time.DayOf(record.GivenAt));
        }

        Others(sheet, report);
        Reporter(sheet, report, time);
        sheet.Heading("Where such reports go");
        sheet.Paragraph($"{string.Join("; ", Destinations)}. Each has a form of its own; this sheet holds what they ask for.", Ink.Regular(7.6), Ink.Text);
        return sheet.Save();
    }

    private static void Head(Sheet sheet, SideEffectReport report, string title)
    {
        sheet.Write(report.Clinic, Ink.Bold(13), Ink.Accent, Sheet.Left, sheet.Y, Sheet.Width * 0.6);
        sheet.Write(title, Ink.Regular(9.5), Ink.Soft, Sheet.Left + (Sheet.Width * 0.6), sheet.Y + 3, Sheet.Width * 0.4, toTheRight: true);
        sheet.Y += 18;
        sheet.Rule(Ink.Accent, 1.4);
        sheet.Y += 4;
        if (report.IsDemonstration)
        {
            sheet.Paragraph("DEMONSTRATION: not a report of a real patient. Do not send it.", Ink.Bold(8), Ink.Demonstration);
        }
    }

    private static void Patient(Sheet sheet, SideEffectReport report)
    {
        sheet.Heading("Patient");
        Fields(
            sheet, ("Initials", report.Initials), ("Reference at the clinic", report.Chart),
            ("Age at the treatment", report.Age is { } age ? $"{TreatmentPagePdf.Plain(age)} years" : null), ("Sex", null), ("Weight", null));
    }

    private static void Product(Sheet sheet, SideEffectReport report, ClinicTime time)
    {
        var (record, vial) = (report.Record, report.Record.Vial);
        sheet.Heading("Suspected product");
        Fields(
            sheet, ("Product", record.ProductName), ("Lot", vial.Lot), ("Expiry", vial.Expires is { } expires ? expires.InWords() : null),
            ("Given", time.Day(record.GivenAt)), ("Dose in all", $"{TreatmentPagePdf.Plain(record.TotalUnits)} U {record.ProductName}"),
            ("Dilution", $"{TreatmentPagePdf.Plain(vial.Units)} U in {TreatmentPagePdf.Plain(vial.DiluentMl)} mL"),
            ("Indication", $"{record.Condition.Kind}, {record.Condition.Side.ToLowerInvariant()}, {record.Condition.Code}"));
        SheetTable.Draw(
            sheet, [new("No.", 9), new("Site", 96), new("Patient's side", 30), new($"U {TreatmentPagePdf.ShortName(record)}", 37, true), new("mL", 14, true)],
            record.Points.Select(p => (IReadOnlyList<SheetCell>)[TreatmentPagePdf.Plain(p.Number), p.SiteName, TreatmentPagePdf.Side(p.Side), TreatmentPagePdf.Plain(p.Units), TreatmentPagePdf.Plain(p.VolumeMl)]));
        sheet.Y += 4;
    }

    private static void Reaction(Sheet sheet, ReportedEffect reported, DateOnly given)
    {
        var effect = reported.Effect;
        var after = effect.FirstOn.DayNumber - given.DayNumber;
        sheet.Heading($"Reaction: {reported.Name}");
        Fields(
            sheet, ("First day", string.Create(CultureInfo.InvariantCulture, $"{effect.FirstOn.InWords()}, day {after} after the injection")),
            ("Last day", effect.LastOn is { } last ? last.InWords() : effect.Outcome is SideEffectOutcome.NotRecovered or SideEffectOutcome.Recovering ? "still there" : null),
            ("Severity", effect.Severity.Words()), ("Seriousness", effect.Seriousness.Words()), ("Caused by the treatment", effect.Causality.Words()),
            ("Grade, 1 to 4", effect.Grade is { } grade ? TreatmentPagePdf.Plain(grade) : null),
            ("Outcome", effect.Outcome == SideEffectOutcome.Unknown ? null : effect.Outcome.Words()),
            ("Points that may explain it", reported.Points.Length > 0 ? reported.Points : null));
        if (reported.Words.Length > 0)
        {
            sheet.Paragraph($"In the words of who told it: “{reported.Words}”", Ink.Regular(Type), Ink.Text);
        }

        Line(sheet, "What was done about it (action taken, treatment of the reaction)");
    }

    private static void Others(Sheet sheet, SideEffectReport report)
    {
        sheet.Heading("Other treatments with a botulinum toxin, from 12 weeks before this one on");
        if (report.Others.Count == 0)
        {
            sheet.Paragraph("None recorded.", Ink.Regular(Type), Ink.Text);
        }

        foreach (var other in report.Others)
        {
            sheet.Paragraph($"{other.On.InWords()}: {other.What}, {other.Where}", Ink.Regular(Type), Ink.Text, after: 1);
        }

        Line(sheet, "Other medicines in the last 3 months");
        Line(sheet, "Other illnesses, allergies, pregnancy, and what else matters");
    }

    private static void Reporter(Sheet sheet, SideEffectReport report, ClinicTime time)
    {
        sheet.Heading("Reporter");
        Fields(
            sheet, ("Name", report.Reporter), ("Profession", null), ("Clinic", report.Clinic), ("Telephone", report.Phone), ("Date of this report", time.Day(report.Printed)),
            ("Signature", null));
    }

    /// <summary>Three to a line; what is not known is a line to write on.</summary>
    private static void Fields(Sheet sheet, params (string Label, string? Text)[] fields)
    {
        const int abreast = 3;
        var width = (Sheet.Width - 12) / abreast;
        foreach (var row in fields.Chunk(abreast))
        {
            var height = 10 + row.Max(f => Math.Max(sheet.HeightOf(f.Text ?? "", Ink.Regular(Type), width - 4), 12)) + 3;
            sheet.Need(height);
            for (var i = 0; i < row.Length; i++)
            {
                var x = Sheet.Left + (i * (width + 6));
                sheet.Write(row[i].Label, Ink.Regular(6.8), Ink.Soft, x, sheet.Y, width);
                if (string.IsNullOrEmpty(row[i].Text))
                {
                    sheet.Page.DrawLine(Ink.Pen(Ink.Strong, 0.6), x, sheet.Y + height - 4, x + width, sheet.Y + height - 4);
                }
                else
                {
                    sheet.Block(row[i].Text!, Ink.Regular(Type), Ink.Text, x, sheet.Y + 9.5, width - 4); // it is not empty
                }
            }

            sheet.Y += height;
        }
    }

    private static void Line(Sheet sheet, string label)
    {
        sheet.Need(30);
        sheet.Write(label, Ink.Regular(6.8), Ink.Soft, Sheet.Left, sheet.Y, Sheet.Width);
        sheet.Page.DrawLine(Ink.Pen(Ink.Strong, 0.6), Sheet.Left, sheet.Y + 25, Sheet.Right, sheet.Y + 25);
        sheet.Y += 29;
    }
}
