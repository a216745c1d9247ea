using System.Globalization;
using Facialis.Anatomy;
using Facialis.Anatomy.Sites;
using Facialis.Clinic.Injections;
using Facialis.Toxin;

namespace Facialis.Clinic.Records;

/// <summary>Words for what leaves the clinic: a dose with its product, a side as the patient's.</summary>
internal static class KeptWords
{
    /// <summary>The unit that stands beside every number: "U (onabotulinumtoxinA)"; a product no longer known goes by its id.</summary>
    public static string UnitOf(string productId) => $"U ({ToxinCatalogue.Current.FindProduct(productId)?.NonproprietaryName ?? productId})";

    public static DoseKept Dose(decimal units, string productId) =>
        new(TreatmentRecord.Plain(units), UnitOf(productId), ToxinCatalogue.Current.FindProduct(productId)?.Name ?? productId);

    /// <summary>"12.5 U (onabotulinumtoxinA)".</summary>
    public static string Of(DoseKept dose) => $"{dose.Units.ToString(CultureInfo.InvariantCulture)} {dose.Unit}";

    public static string Of(Side? side) => side is { } one ? $"{one.Word()} side of the patient" : "Both sides of the patient";

    public static string SiteName(string siteId) => FaceAtlas.Current.FindSite(siteId)?.Name ?? siteId;

    public static PointKept Point(RecordPoint point, string productId, bool given = true) => new(
        given ? point.Number : 0, point.Site, point.SiteName, point.Side.Word(), point.LateralIpd, point.DownIpd, point.Depth,
        Dose(given ? point.Units : 0, productId), Dose(point.PlannedUnits, productId), given ? point.VolumeMl : null);
}
