using Facialis.Anatomy;
using Facialis.Clinic.Charts;
using Facialis.Clinic.FollowUps;
using Facialis.Clinic.Records;
using Facialis.Platform.Clinics;

namespace Facialis.Clinic.Recalls;

/// <summary>The words of a recall, the same on the page, in the table and in the letters.</summary>
internal static class RecallWords
{
    /// <summary>"12.5 U (onabotulinumtoxinA)".</summary>
    public static string Units(long hundredths, string productId) => KeptWords.Of(KeptWords.Dose(hundredths / 100m, productId));

    /// <summary>"Upper lid, medial, patient's left, 1.25 U (onabotulinumtoxinA)".</summary>
    public static string Point(RecalledPoint point, string productId) => string.Join(", ", new[]
    {
        point.SiteId is { } site ? KeptWords.SiteName(site) : "a place that no version names",
        point.Side is { } side ? $"patient's {side.Word().ToLowerInvariant()}" : null,
        Units(point.Hundredths, productId),
        point.WasAmended ? "amended" : null,
    }.OfType<string>());

    /// <summary>What is known of one treatment.</summary>
    public static string Outcome(RecalledTreatment treatment, SideEffectTerms terms)
    {
        var effect = FollowUpWords.Effect(treatment.Outcome, treatment.Given) ?? "effect not recorded";
        return $"{effect}; side effects: {SideEffects(treatment, terms)} (treated {treatment.Given.InWords()})";
    }

    /// <summary>"none", "Diplopia, mild", or "not recorded".</summary>
    public static string SideEffects(RecalledTreatment treatment, SideEffectTerms terms) => treatment.SideEffects.Count > 0
        ? string.Join(", ", treatment.SideEffects.Select(s => $"{terms.NameOf(s.TermId)}, {s.Severity.Words()}"))
        : treatment.Outcome.HadSideEffects switch
        {
            Known.No => "none",
            Known.Yes => "yes, not described",
            _ => "not recorded",
        };
}
