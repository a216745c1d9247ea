using System.Globalization;
using Facialis.Anatomy;
using Facialis.Clinic.Printing;
using Facialis.Platform.Clinics;
using Facialis.Toxin;
using PdfSharp.Drawing;

namespace Facialis.Clinic.Injections.Documents;

/// <summary>What is printed of one signed version.</summary>
/// <param name="Record">What was signed.</param>
/// <param name="Hash">SHA-256 over it, hexadecimal.</param>
/// <param name="Versions">How many versions there are.</param>
/// <param name="Head">Head of the page.</param>
/// <param name="Address">Where this version stands on this server, with the hash; no patient data.</param>
/// <param name="Printed">When it is printed.</param>
internal sealed record TreatmentPrint(TreatmentRecord Record, string Hash, int Versions, TreatmentHead Head, string Address, DateTimeOffset Printed);

/// <summary>The A4 page of one signed version of a treatment: map, table, vial, signature. More than about 20 points go on on a second page.</summary>
internal static class TreatmentPagePdf
{
    /// <summary>Where the map is on the first page, mm; the patient's right on the viewer's left.</summary>
    public const double MapWidthMm = 78;
    private const double QrMm = 29;
    private const double TableSizePt = 7.2;

    public static byte[] Make(TreatmentPrint print, ClinicTime time)
    {
        var record = print.Record;
        using var sheet = new Sheet($"Treatment record {record.Treatment}, version {record.Version}", print.Head.Clinic, time.Local(print.Printed).DateTime)
        {
            RunningHead = print.Head.Line,
            Foot = $"Treatment {record.Treatment}, version {record.Version}, SHA-256 {print.Hash[..16]}…  ·  printed {time.Moment(print.Printed)} ({time.Zone})",
        };
        Draw(sheet, print, time);
        return sheet.Save();
    }

    /// <summary>The page within a document of more.</summary>
    public static void Draw(Sheet sheet, TreatmentPrint print, ClinicTime time)
    {
        var record = print.Record;
        print.Head.Draw(sheet);
        var rest = MapAndFacts(sheet, record, time);
        SheetTable.Draw(sheet, Columns(record), Rows(record), TableSizePt, 4.1);
        sheet.Y += 4;
        foreach (var (label, text) in rest.Concat(Reasons(record)))
        {
            Labelled(sheet, label, text);
        }

        Signature(sheet, print, time);
    }

    /// <summary>Table of the points: the product stands beside the units.</summary>
    public static IReadOnlyList<SheetColumn> Columns(TreatmentRecord record) =>
    [
        new("No.", 9), new("Site", 84), new("Patient's side", 23), new($"U {ShortName(record)}", 34, true), new("mL", 14, true), new("Planned", 22),
    ];

    public static IEnumerable<IReadOnlyList<SheetCell>> Rows(TreatmentRecord record)
    {
        foreach (var point in record.Points)
        {
            yield return
            [
                new(Plain(point.Number), IsBold: true), point.SiteName, Side(point.Side), new(Plain(point.Units), IsBold: true), Plain(point.VolumeMl),
                point.PlannedUnits == point.Units ? "as planned" : $"{Plain(point.PlannedUnits)} U",
            ];
        }

        foreach (var point in record.NotGiven)
        {
            yield return ["-", point.SiteName, Side(point.Side), "not given", "", $"{Plain(point.PlannedUnits)} U"];
        }
    }

    /// <summary>What was given, from which vial, and what was remarked.</summary>
    public static IEnumerable<(string Label, string Text)> Facts(TreatmentRecord record, ClinicTime time)
    {
        var vial = record.Vial;
        yield return ("Given", $"{time.Moment(record.GivenAt)} ({time.Zone})");
        yield return ("Condition", $"{record.Condition.Kind}, {record.Condition.Side.ToLowerInvariant()}, {record.Condition.Code}");
        yield return ("Side treated", record.Side is { } side ? $"{side.Word()} side of the patient" : "Both sides of the patient");
        yield return ("Product", record.ProductName);
        yield return ("In all", $"{Plain(record.TotalUnits)} U {record.ProductName}");
        yield return ("Lot", vial.Lot);
        yield return ("Expiry", vial.Expires is { } expires ? expires.InWords() : "not known");
        yield return ("Dilution", $"{Plain(vial.Units)} U {ShortName(record)} in {Plain(vial.DiluentMl)} mL: {Plain(Math.Round(vial.Units / vial.DiluentMl / 10, 4))} U per 0.1 mL");
        yield return ("Vial", vial.Id is { } id ? id.ToString() : "not kept in this program");
        yield return ("Mixed", $"{(vial.MixedAt is { } mixed ? time.Moment(mixed) : "not known")}{(vial.UsableUntil is { } until ? $", usable until {time.Moment(until)}" : "")}");
        if (record.Deviation.Length > 0)
        {
            yield return ("Not as planned", record.Deviation);
        }

        if (record.Remarks.Length > 0)
        {
            yield return ("Remarks", record.Remarks);
        }
    }

    /// <summary>Who signed, with role, time and meaning, and what the version is.</summary>
    public static IEnumerable<(string Label, string Text)> SignatureFacts(TreatmentRecord record, string hash, int versions, ClinicTime time)
    {
        yield return ("Signed by", $"{record.Signer.Name}, {record.Signer.Role}, {time.Moment(record.SignedAt)}, with {record.Signer.ProvedBy}");
        yield return ("Meaning", $"“{record.Meaning}”");
        if (record.SecondSigner is { } second)
        {
            yield return ("Second signer", $"{second.Name}, {time.Moment(second.At)}: {second.Reason}");
        }

        yield return ("Version", $"{record.Version} of {versions}{(record.Version < versions ? ": amended later; it stays valid for what it said" : "")}");
        if (record.AmendReason.Length > 0)
        {
            yield return ("Amended because", record.AmendReason);
        }

        yield return ("SHA-256", hash);
    }

    public static string Plain(decimal number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Plain(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The side as a cell, in its colour and in words.</summary>
    public static SheetCell Side(Side side) => new(side.Word(), side == Anatomy.Side.PatientRight ? Ink.Right : Ink.Left, true);

    public static string ShortName(TreatmentRecord record) => ToxinCatalogue.Current.FindProduct(record.Product)?.NonproprietaryName ?? record.ProductName;

    /// <summary>Map on the left, facts on the right; returns what did not fit beside the map.</summary>
    private static List<(string Label, string Text)> MapAndFacts(Sheet sheet, TreatmentRecord record, ClinicTime time)
    {
        var map = new FaceMapDrawing(sheet.Page, Sheet.Left, sheet.Y, Sheet.Mm(MapWidthMm));
        map.DrawFace();
        map.DrawPoints(record.Points);
        var (top, x) = (sheet.Y, Sheet.Left + Sheet.Mm(MapWidthMm + 6));
        var width = Sheet.Right - x;
        var (y, bottom) = (top, top + map.Height);
        List<(string, string)> rest = [];
        foreach (var (label, text) in Facts(record, time))
        {
            var isTotal = label == "In all";
            var font = isTotal ? Ink.Bold(11) : Ink.Regular(8.2);
            var height = 8.6 + sheet.HeightOf(text, font, width) + 3.4;
            if (rest.Count > 0 || y + height > bottom)
            {
                rest.Add((label, text));
                continue;
            }

            sheet.Write(label, Ink.Regular(6.6), Ink.Soft, x, y, width);
            sheet.Block(text, font, isTotal ? Ink.Accent : Ink.Text, x, y + 8.6, width);
            y += height;
            sheet.Page.DrawLine(Ink.Pen(Ink.Line, 0.4), x, y - 2.2, Sheet.Right, y - 2.2);
        }

        sheet.Y = bottom + 6;
        return rest;
    }

    private static IEnumerable<(string Label, string Text)> Reasons(TreatmentRecord record) => record.Findings.Where(f => f.Reason.Length > 0)
        .Select(f => ($"Reason, {f.Rule}", $"{f.Message} Reason: {f.Reason}"));

    private static void Labelled(Sheet sheet, string label, string text)
    {
        sheet.Need(24);
        sheet.Write(label, Ink.Regular(6.6), Ink.Soft, Sheet.Left, sheet.Y, Sheet.Width);
        sheet.Y += 8.6;
        sheet.Paragraph(text, Ink.Regular(7.6), Ink.Text);
    }

    private static void Signature(Sheet sheet, TreatmentPrint print, ClinicTime time)
    {
        var qr = Sheet.Mm(QrMm);
        var (labels, values) = (Ink.Regular(6.6), Ink.Regular(7.4));
        var width = Sheet.Width - qr - 16 - 66;
        var facts = SignatureFacts(print.Record, print.Hash, print.Versions, time).Select(fact => (fact.Label, fact.Text, Height: sheet.HeightOf(fact.Text, values, width) + 2.4)).ToList();
        var height = Math.Max(facts.Sum(f => f.Height) + 8, qr + 12);
        sheet.Need(height + 4);
        sheet.Page.DrawRectangle(Ink.Pen(Ink.Accent, 0.9), Sheet.Left, sheet.Y, Sheet.Width, height);
        var y = sheet.Y + 5;
        foreach (var (label, text, tall) in facts)
        {
            sheet.Write(label, labels, Ink.Soft, Sheet.Left + 6, y + 0.7, 62);
            sheet.Block(text, label == "Signed by" ? Ink.Bold(7.4) : values, Ink.Text, Sheet.Left + 70, y, width);
            y += tall;
        }

        QrDrawing.Draw(sheet.Page, print.Address, Sheet.Right - qr - 4, sheet.Y + 2, qr);
        sheet.Write("Page on the server, and hash", Ink.Regular(5.4), Ink.Soft, Sheet.Right - qr - 1, sheet.Y + 1 + qr, qr);
        sheet.Y += height;
    }
}
