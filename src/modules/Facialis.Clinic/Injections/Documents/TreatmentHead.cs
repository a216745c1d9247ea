using Facialis.Clinic.Printing;
using PdfSharp.Drawing;

namespace Facialis.Clinic.Injections.Documents;

/// <summary>What stands at the head of a page of the chart.</summary>
/// <param name="Clinic">Name of the clinic.</param>
/// <param name="Title">What the page is.</param>
/// <param name="Patient">Name, or the chart code where no name is known; null on a form that is filled in by hand.</param>
/// <param name="Born">Date of birth in words.</param>
/// <param name="Chart">Chart code.</param>
/// <param name="Day">A day in words.</param>
/// <param name="IsDemonstration">No such patient exists.</param>
/// <param name="DayIs">What day it is.</param>
internal sealed record TreatmentHead(string Clinic, string Title, string? Patient, string Born, string Chart, string Day, bool IsDemonstration, string DayIs = "Treated on")
{
    /// <summary>Whose page it is, in one line.</summary>
    public string Line => $"{Clinic}  ·  {Title}  ·  {Patient}  ·  born {Born}  ·  chart {Chart}  ·  {Day}{(IsDemonstration ? "  ·  DEMONSTRATION" : "")}";

    public void Draw(Sheet sheet)
    {
        sheet.Write(Clinic, Ink.Bold(13), Ink.Accent, Sheet.Left, sheet.Y, Sheet.Width * 0.6);
        sheet.Write(Title, Ink.Regular(9.5), Ink.Soft, Sheet.Left + (Sheet.Width * 0.6), sheet.Y + 3, Sheet.Width * 0.4, toTheRight: true);
        sheet.Y += 18;
        sheet.Rule(Ink.Accent, 1.4);
        sheet.Y += 5;
        if (IsDemonstration)
        {
            const string Words = "DEMONSTRATION: not the record of a real patient";
            sheet.Page.DrawRectangle(Ink.Pen(Ink.Demonstration, 0.8), Ink.Brush(Ink.Of(0xf0eafa)), Sheet.Left, sheet.Y, Sheet.Width, 13);
            sheet.Write(Words, Ink.Bold(7.6), Ink.Demonstration, Sheet.Left + 6, sheet.Y + 2.2, Sheet.Width - 12);
            sheet.Y += 17;
        }

        double[] shares = [0.44, 0.2, 0.18, 0.18];
        (string Label, string? Value)[] fields = [("Patient", Patient), ("Born", Born), ("Chart", Chart), (DayIs, Day)];
        var x = Sheet.Left;
        foreach (var ((label, value), share) in fields.Zip(shares))
        {
            var width = Sheet.Width * share;
            sheet.Write(label, Ink.Regular(6.8), Ink.Soft, x, sheet.Y, width - 6);
            if (Patient is null)
            {
                sheet.Page.DrawLine(Ink.Pen(Ink.Strong, 0.6), x, sheet.Y + 25, x + width - 8, sheet.Y + 25);
            }
            else
            {
                sheet.Write(value ?? "", Ink.Bold(label == "Patient" ? 11.5 : 9.5), Ink.Text, x, sheet.Y + (label == "Patient" ? 9 : 10.5), width - 6);
            }

            x += width;
        }

        sheet.Y += Patient is null ? 31 : 26;
    }
}
