using System.Globalization;
using Facialis.Clinic.Injections.Documents;
using Facialis.Clinic.Printing;
using Facialis.Platform.Clinics;

namespace Facialis.Clinic.Records;

/// <summary>The whole record on paper: the chart in tables, then a page for every signed version of every treatment.</summary>
internal static class PatientRecordPdf
{
    private const double SizePt = 7.2;

    public static byte[] Make(ReadRecord read, IReadOnlyList<TreatmentPrint> pages, ClinicTime time)
    {
        var record = read.Record;
        var (name, born) = (read.Patient.Title, PrintTreatment.BornOf(read.Patient));
        var head = new TreatmentHead(record.Clinic, "Whole record of a patient", name, born, record.Patient.Chart, time.Day(record.MadeAt), record.IsDemonstration, "Printed on");
        using var sheet = new Sheet($"Whole record {record.Patient.Id}", record.Clinic, record.MadeAt.DateTime)
        {
            RunningHead = head.Line,
            Foot = $"Whole record of chart {record.Patient.Chart}  ·  printed {time.Moment(record.MadeAt)} ({time.Zone})  ·  sides are the patient's own",
        };
        head.Draw(sheet);
        Person(sheet, record.Patient, time);
        Conditions(sheet, record, time);
        Asked(sheet, record, time);
        Measured(sheet, record, time);
        Consents(sheet, record, time);
        Plans(sheet, record, time);
        Treatments(sheet, record, time);
        foreach (var page in pages)
        {
            sheet.NewPage();
            TreatmentPagePdf.Draw(sheet, page, time);
        }

        return sheet.Save();
    }

    private static void Person(Sheet sheet, PersonKept person, ClinicTime time)
    {
        if (person.ErasedAt is { } erased)
        {
            sheet.Paragraph($"This person was erased on {time.Day(erased)}. Only figures without a name are left.", Ink.Bold(8), Ink.Wrong);
        }
        else if (!person.IsReadable)
        {
            sheet.Paragraph("The encrypted name does not open. Tell whoever runs the server.", Ink.Bold(8), Ink.Wrong);
        }

        Part(sheet, "Person", [new("Phone", 46), new("E-mail", 60), new("Notes", 80)], [[Or(person.Phone), Or(person.Email), Or(person.Notes)]]);

        static string Or(string text) => text.Length > 0 ? text : "not recorded";
    }

    private static void Conditions(Sheet sheet, PatientRecord record, ClinicTime time)
    {
        Part(sheet, "Condition, every version", [new("Recorded", 30), new("What", 38), new("Side of the patient", 20), new("Code", 24), new("Cause, form, onset, MRI", 44), new("Rests on", 30)],
            record.Conditions.Select(c => (IReadOnlyList<SheetCell>)
            [
                $"{time.Moment(c.RecordedAt)}{By(c.RecordedBy)}", c.Kind, Coloured(c.Side), c.Code,
                $"{c.Cause}; {c.Form}; began {(c.OnsetYear is { } year ? $"{year}{(c.OnsetAge is { } age ? $" at {age} years" : "")}" : "not known")}; MRI: {c.MriDone}", c.Basis,
            ]));
        Part(sheet, "Red flags acknowledged", [new("When", 30), new("By", 40), new("Flags", 46), new("Reason", 70)],
            record.Acknowledgements.Select(a => (IReadOnlyList<SheetCell>)[time.Moment(a.At), a.By, string.Join(", ", a.Flags), a.Reason]));
    }

    private static void Asked(Sheet sheet, PatientRecord record, ClinicTime time)
    {
        foreach (var (title, all) in ((string, IReadOnlyList<AnswersKept>)[])[("Checklist of mimics and red flags", record.Checklists), ("Health answers", record.HealthAnswers)])
        {
            Part(sheet, title, [new("Answered", 34), new("Yes", 52), new("Not known", 62), new("Remarks, treatment", 38)], all.Select(a => (IReadOnlyList<SheetCell>)
            [
                $"{time.Moment(a.AnsweredAt)}{By(a.AnsweredBy)}", Of(a, "Yes"), Of(a, "Not known"),
                $"{a.Remarks}{(a.TreatmentId is { } id ? $" For treatment {id.ToString()[^8..]}" : "")}".Trim(),
            ]));
            if (all.Count > 0)
            {
                sheet.Paragraph("Every other question was answered no. The JSON file has each question in its words.", Ink.Regular(6.6), Ink.Soft);
            }
        }
    }

    private static string Of(AnswersKept answers, string answer) =>
        answers.Answers.Where(a => a.Answer == answer).Select(a => a.Question).ToList() is { Count: > 0 } some ? string.Join("\n", some.Select(s => $"- {s}")) : "none";

    private static void Measured(Sheet sheet, PatientRecord record, ClinicTime time)
    {
        Part(sheet, "Scales", [new("When", 34), new("Scale", 60), new("Total", 16, true), new("Range", 76)],
            record.Scales.Select(s => (IReadOnlyList<SheetCell>)[$"{time.Moment(s.At)}{By(s.RecordedBy)}", s.Scale, new(TreatmentPagePdf.Plain(s.Total), IsBold: true), s.Range]));
        Part(sheet, "Recordings", [new("When", 34), new("Result", 30), new("Right of the patient", 34), new("Left of the patient", 34), new("Notes", 54)], record.Recordings.Select(r => (IReadOnlyList<SheetCell>)
        [
            time.Moment(r.StartedAt ?? r.CreatedAt),
            r.Digest is { } digest ? $"{digest.Verdict}, quality {digest.Quality.ToString().ToLowerInvariant()}{(digest.SideConfirmed ? "" : ", side unconfirmed")}" : r.State.ToString(),
            new(Rate(r.Digest?.RightEvents, r.Digest?.UsableSeconds), Ink.Right), new(Rate(r.Digest?.LeftEvents, r.Digest?.UsableSeconds), Ink.Left),
            $"{r.Notes}{(r.RemovedAt is { } removed ? $" (taken out of sight {time.Day(removed)})" : "")}",
        ]));
    }

    private static string Rate(int? events, double? seconds) => events is { } count && seconds is { } usable
        ? string.Create(CultureInfo.InvariantCulture, $"{count} events in {usable / 60:0.0} min")
        : "not measured";

    private static void Consents(Sheet sheet, PatientRecord record, ClinicTime time)
    {
        Part(sheet, "Consents", [new("Signed", 34), new("By", 46), new("Text", 24), new("Holds", 30), new("SHA-256", 52)], record.Consents.Select(c => (IReadOnlyList<SheetCell>)
        [
            time.Moment(c.SignedAt), $"{c.SignedBy ?? "not readable"}, {(c.IsDrawn ? "drawn" : "typed")}{(c.WitnessedBy is { } witness ? $"; with {witness}" : "")}", $"{c.Language} {c.TextVersion}",
            c.WithdrawnAt is { } back ? $"withdrawn {time.Day(back)}" : c.Holds ? "holds" : new SheetCell("does not hold", Ink.Wrong, true), c.Sha256,
        ]));
        foreach (var group in record.Consents.Where(c => c.Text is not null).GroupBy(c => c.Text))
        {
            var days = string.Join(", ", group.Select(c => time.Day(c.SignedAt)));
            sheet.Need(40);
            sheet.Y += 4;
            sheet.Paragraph($"Text as signed on {days}", Ink.Bold(7.4), Ink.Text);
            foreach (var line in group.Key!.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)) // asked for above
            {
                var isHeading = line.StartsWith("# ", StringComparison.Ordinal);
                sheet.Paragraph(isHeading ? line[2..] : line, isHeading ? Ink.Bold(6.6) : Ink.Regular(6.6), Ink.Soft, indent: 8, after: isHeading ? 0 : 3);
            }
        }
    }

    private static void Plans(Sheet sheet, PatientRecord record, ClinicTime time) => Part(
        sheet, "Plans", [new("Begun", 30), new("Standing", 30), new("Side of the patient", 26), new("Mixture", 40), new("Points with dose", 60)], record.Plans.Select(p => (IReadOnlyList<SheetCell>)
        [
            time.Moment(p.CreatedAt), p.ClosedAt is { } closed ? $"closed, given {time.Moment(closed)}" : p.State, p.Side is null ? "not said" : Coloured(p.Side),
            p.Vial is { } vial ? $"{KeptWords.Of(vial)} in {(p.DiluentMl is { } ml ? TreatmentPagePdf.Plain(ml) : "?")} mL" : "not chosen",
            string.Join("\n", p.Points.Select(point => $"{point.Number}. {point.Site}, {point.Side.ToLowerInvariant()}: {KeptWords.Of(point.Dose)}")),
        ]));

    private static void Treatments(Sheet sheet, PatientRecord record, ClinicTime time)
    {
        Part(sheet, "Treatments, every version (a page of each follows)",
            [new("Given", 28), new("Version", 15), new("Side of the patient", 26), new("In all", 38), new("Lot", 20), new("Signed", 34), new("Holds", 25)],
            record.Treatments.Select(t => (IReadOnlyList<SheetCell>)
            [
                time.Moment(t.GivenAt), TreatmentPagePdf.Plain(t.Version), Coloured(t.Side), new(KeptWords.Of(t.Total), IsBold: true), t.Lot, $"{t.SignedBy}, {time.Moment(t.SignedAt)}",
                t.Holds ? "holds" : t.Canonical is null ? "cannot be read" : new SheetCell("does not hold", Ink.Wrong, true),
            ]));
        Part(sheet, "Treatments before or elsewhere", [new("Day", 26), new("Product", 52), new("Dose", 40), new("Effect", 34), new("Side effects, remarks", 34)],
            record.PastTreatments.Select(t => (IReadOnlyList<SheetCell>)
            [
                t.Day.InWords(), t.Product ?? "not known", t.Dose is { } dose ? KeptWords.Of(dose) : "not known",
                $"{(t.BestPercent is { } percent ? $"{percent} % at best" : "not recorded")}{(t.WeeksOfEffect is { } weeks ? $", {weeks} weeks" : "")}", $"{t.HadSideEffects}. {t.Remarks}",
            ]));
        Part(sheet, "Follow-up", [new("Seen", 26), new("How", 24), new("Effect", 66), new("Side effects, remarks", 70)], record.FollowUps.Select(f => (IReadOnlyList<SheetCell>)
        [
            f.SeenOn.InWords(), f.How,
            $"{(f.FirstEffectOn is { } first ? $"From {first.InWords()}. " : "")}{(f.BestPercent is { } percent ? $"{percent} % at best. " : "")}{(f.WoreOffOn is { } off ? $"Worn off since {off.InWords()}." : $"Holds: {f.Holds.ToLowerInvariant()}.")}",
            $"{f.HadSideEffects}. {f.Remarks}",
        ]));
        Part(sheet, "Side effects", [new("What", 40), new("From, to", 40), new("Severity, seriousness", 40), new("Cause, outcome", 30), new("Words", 36)],
            record.SideEffects.Select(s => (IReadOnlyList<SheetCell>)
            [
                s.What, $"{s.FirstOn.InWords()} to {(s.LastOn is { } last ? last.InWords() : "open")}", $"{s.Severity}, {s.Seriousness}{(s.Grade is { } grade ? $", grade {grade}" : "")}",
                $"{s.Causality}, {s.Outcome}", s.Words,
            ]));
        Part(sheet, "Urgent reports", [new("When", 34), new("What", 52), new("Answered by", 40), new("What was done", 60)], record.UrgentReports.Select(u => (IReadOnlyList<SheetCell>)
        [
            time.Moment(u.At), string.Join(", ", u.What), u.AnsweredBy is { } by && u.AnsweredAt is { } at ? $"{by}, {time.Moment(at)}" : "nobody yet", u.Answer ?? "",
        ]));
        Part(sheet, "Second signers", [new("When", 34), new("By", 44), new("Findings", 44), new("Reason", 64)],
            record.Countersignatures.Select(c => (IReadOnlyList<SheetCell>)[time.Moment(c.At), c.By, string.Join(", ", c.Findings), c.Reason]));
        Part(sheet, "Vial movements", [new("When", 34), new("What", 34), new("Dose", 44, true), new("Lot, expiry", 40), new("By", 34)], record.VialMovements.Select(m => (IReadOnlyList<SheetCell>)
        [
            time.Moment(m.At), m.What, KeptWords.Of(m.Dose), $"{m.Lot}, {m.LotExpires.InWords()}", m.By,
        ]));
    }

    private static void Part(Sheet sheet, string title, IReadOnlyList<SheetColumn> columns, IEnumerable<IReadOnlyList<SheetCell>> rows)
    {
        sheet.Heading(title);
        var all = rows.ToList();
        if (all.Count == 0)
        {
            sheet.Paragraph("None recorded.", Ink.Regular(SizePt), Ink.Soft);
            return;
        }

        SheetTable.Draw(sheet, columns, all, SizePt);
    }

    private static SheetCell Coloured(string side) => new(
        side, side.StartsWith("Right", StringComparison.Ordinal) ? Ink.Right : side.StartsWith("Left", StringComparison.Ordinal) ? Ink.Left : Ink.Text, true);

    private static string By(string? name) => name is null ? "" : $", {name}";
}
