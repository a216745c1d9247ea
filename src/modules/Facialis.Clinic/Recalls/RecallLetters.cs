using System.Globalization;
using Facialis.Anatomy;
using Facialis.Clinic.Patients;
using Facialis.Clinic.Printing;
using Facialis.Clinic.Records;
using Facialis.Platform.Clinics;

namespace Facialis.Clinic.Recalls;

/// <summary>One letter for each patient who was given some of a lot, all in one file. Plain words: what was given, when, and what to do.</summary>
/// <remarks>It blames nobody and promises nothing; the clinic reads it before it posts it.</remarks>
internal static class RecallLetters
{
    private const double Size = 10.5;

    /// <param name="recall">The lot.</param>
    /// <param name="clinic">Whose letters they are.</param>
    /// <param name="today">The clinic's day.</param>
    /// <param name="made">The clinic's clock.</param>
    /// <returns>Null where nobody can be written to.</returns>
    public static byte[]? Make(LotRecall recall, ClinicAccount clinic, DateOnly today, DateTime made)
    {
        List<RecalledPatient> reached = [.. recall.Patients.Where(p => !p.IsErased)];
        if (reached.Count == 0)
        {
            return null;
        }

        using var sheet = new Sheet("Letters about a lot", clinic.Name, made) { Foot = $"{clinic.Name}{(clinic.Phone is { } phone ? $"  ·  {phone}" : "")}" };
        foreach (var (n, patient) in reached.Index())
        {
            if (n > 0)
            {
                sheet.NewPage();
            }

            Letter(sheet, recall, patient, clinic, today);
        }

        return sheet.Save();
    }

    private static void Letter(Sheet sheet, LotRecall recall, RecalledPatient patient, ClinicAccount clinic, DateOnly today)
    {
        var person = patient.Line.Person;
        var name = string.Join(' ', new[] { person.GivenName, person.FamilyName }.Where(part => part.Length > 0));
        sheet.Write(clinic.Name, Ink.Bold(13), Ink.Accent, Sheet.Left, sheet.Y, Sheet.Width * 0.7);
        sheet.Write(today.InWords(), Ink.Regular(9.5), Ink.Soft, Sheet.Left + (Sheet.Width * 0.7), sheet.Y + 3, Sheet.Width * 0.3, toTheRight: true);
        sheet.Y += 18;
        sheet.Rule(Ink.Accent, 1.4);
        sheet.Y += 8;
        if (clinic.IsDemonstration || patient.Line.IsDemonstration)
        {
            sheet.Write("DEMONSTRATION: not a letter to a real patient", Ink.Bold(8), Ink.Demonstration, Sheet.Left, sheet.Y, Sheet.Width);
            sheet.Y += 14;
        }

        sheet.Y += 60; // the address, which the program does not keep, stands in the window of the envelope
        Say(name.Length > 0 ? name : $"Chart {patient.Line.Code}", 24);
        sheet.Paragraph("About your treatment with botulinum toxin", Ink.Bold(12.5), Ink.Text, after: 10);
        Say(name.Length > 0 ? $"Dear {name}," : "Dear patient,", 8);
        Say($"Medicine comes in numbered lots. Lot {recall.Lot} of {KeptWords.Dose(0, recall.ProductId).Product} is being looked at. You were given some of it at our clinic:", 6);
        foreach (var treatment in patient.Treatments)
        {
            sheet.Paragraph($"•  on {treatment.Given.InWords()}: {RecallWords.Units(treatment.Hundredths, recall.ProductId)}, {Places(treatment)}", Ink.Regular(Size), Ink.Text, indent: 14);
        }

        sheet.Y += 6;
        Say("This letter does not mean that something is wrong with you. We write to everybody who was given this lot.", 12);
        sheet.Paragraph("What we ask of you", Ink.Bold(11), Ink.Text, after: 5);
        Say($"1.  Please telephone us{(clinic.Phone is { } phone ? $": {phone}" : "")}. Tell us how you are, and of anything you noticed since that day, also if it seems small.", 5);
        Say("2.  If you have trouble swallowing, speaking or breathing, or if your muscles grow weak, do not wait for us: call the emergency number at once and show this letter.", 5);
        Say("3.  Keep your next visit. If it has to be moved, we tell you.", 12);
        Say("Please keep this letter. If you see another doctor, show it there.", 30);
        sheet.Page.DrawLine(Ink.Pen(Ink.Strong, 0.6), Sheet.Left, sheet.Y, Sheet.Left + 200, sheet.Y);
        sheet.Y += 4;
        sheet.Write(clinic.Name, Ink.Regular(9), Ink.Soft, Sheet.Left, sheet.Y, Sheet.Width);
        sheet.Y += 22;
        sheet.Write(string.Create(CultureInfo.InvariantCulture, $"Chart {patient.Line.Code}, lot {recall.Lot}"), Ink.Regular(7.5), Ink.Soft, Sheet.Left, sheet.Y, Sheet.Width);

        void Say(string text, double after) => sheet.Paragraph(text, Ink.Regular(Size), Ink.Text, after: after);
    }

    /// <summary>"on the left side of your face".</summary>
    private static string Places(RecalledTreatment treatment)
    {
        var sides = treatment.Points.Where(p => p.Hundredths > 0).Select(p => p.Side).OfType<Side>().Distinct().ToList();
        return sides.Count == 1 ? $"on the {sides[0].Word().ToLowerInvariant()} side of your face" : "in your face";
    }
}
