using Facialis.Clinic.Printing;
using PdfSharp.Drawing;

namespace Facialis.Clinic.Injections.Documents;

/// <summary>The page of a treatment to be filled in by hand while there is no power: the same order, empty lines, the face with its sites.</summary>
internal static class BlankFormPdf
{
    private const int Rows = 17;

    private static readonly string[] Facts =
    [
        "Given at (time)", "Condition and side of the patient", "Product (both names; units are of this product only)", "In all, U of that product",
        "Lot", "Expiry", "Dilution: U in the vial and mL of diluent", "Vial mixed at, usable until",
    ];

    private static readonly string[] Asked =
    [
        "Patient named and born as above", "Side said aloud by the patient", "Health questions asked today, none unknown", "Consent signed and not withdrawn", "12 weeks or more since any toxin",
    ];

    public static byte[] Make(string clinic, DateTime printed)
    {
        using var sheet = new Sheet("Blank form of a treatment", clinic, printed)
        {
            Foot = "Blank form for power cuts. Enter it into Facialis, sign it there, and keep this sheet with the chart.",
        };
        new TreatmentHead(clinic, "Treatment, written by hand", null, "", "", "", IsDemonstration: false).Draw(sheet);
        MapAndLines(sheet);
        SheetTable.Draw(
            sheet, [new("No.", 9), new("Site", 84), new("Patient's side", 33), new("U of the product above", 38, true), new("mL", 22, true)],
            Enumerable.Range(0, Rows).Select(_ => (IReadOnlyList<SheetCell>)["", "", "Right      Left", "", ""]), 7.2, 5.6);
        sheet.Y += 3;
        sheet.Write("Write the number of each point on the face and in the table; strike out the side that does not hold.", Ink.Regular(6.6), Ink.Soft, Sheet.Left, sheet.Y, Sheet.Width);
        sheet.Y += 12;
        Signatures(sheet);
        return sheet.Save();
    }

    private static void MapAndLines(Sheet sheet)
    {
        var map = new FaceMapDrawing(sheet.Page, Sheet.Left, sheet.Y, Sheet.Mm(TreatmentPagePdf.MapWidthMm));
        map.DrawFace();
        map.DrawSites();
        var (y, x) = (sheet.Y, Sheet.Left + Sheet.Mm(TreatmentPagePdf.MapWidthMm + 6));
        foreach (var label in Facts)
        {
            sheet.Write(label, Ink.Regular(6.6), Ink.Soft, x, y, Sheet.Right - x);
            sheet.Page.DrawLine(Ink.Pen(Ink.Strong, 0.6), x, y + 24, Sheet.Right, y + 24);
            y += 26.5;
        }

        y += 4;
        foreach (var asked in Asked)
        {
            sheet.Page.DrawRectangle(Ink.Pen(Ink.Strong, 0.8), x, y, 8, 8);
            sheet.Write(asked, Ink.Regular(7.4), Ink.Text, x + 13, y - 0.4, Sheet.Right - x - 13);
            y += 12.4;
        }

        sheet.Y += map.Height + 6;
    }

    private static void Signatures(Sheet sheet)
    {
        string[] labels = ["Remarks, and what was not as planned", "Injector: name and signature, day and time", "Second signer where a ceiling was passed: name and signature"];
        foreach (var label in labels)
        {
            sheet.Write(label, Ink.Regular(6.6), Ink.Soft, Sheet.Left, sheet.Y, Sheet.Width);
            sheet.Page.DrawLine(Ink.Pen(Ink.Strong, 0.6), Sheet.Left, sheet.Y + 23, Sheet.Right, sheet.Y + 23);
            sheet.Y += 26;
        }
    }
}
