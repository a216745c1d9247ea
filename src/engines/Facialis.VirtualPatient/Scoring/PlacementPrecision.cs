using Facialis.Anatomy;
using Facialis.Anatomy.Sites;
using Facialis.Toxin;

namespace Facialis.VirtualPatient.Scoring;

/// <summary>How far one point is from where it belongs.</summary>
/// <param name="PointId">The point.</param>
/// <param name="SiteId">Site that it was meant for.</param>
/// <param name="OutsideMm">Distance to the site's usual places, mm; 0 among them.</param>
/// <param name="FromUsualMm">Distance to the site's usual point, mm: what the published figures of learners are about.</param>
/// <param name="LateralMm">How far it lies lateral of the usual point, mm; negative towards the midline.</param>
/// <param name="DownMm">How far it lies below the usual point, mm; negative above.</param>
public sealed record PointPrecision(Guid PointId, string SiteId, double OutsideMm, double FromUsualMm, double LateralMm, double DownMm);

/// <summary>The third of the four scores: millimetres. An outcome cannot grade them, since the field of a dose is wider than the error.</summary>
/// <param name="Points">Point by point.</param>
/// <param name="MedianOutsideMm">Median distance to the permitted region, mm.</param>
/// <param name="NinetiethOutsideMm">90th percentile of that distance, mm.</param>
/// <param name="MeanFromUsualMm">Mean distance to the usual points, mm: to be held beside <see cref="NoviceWithDiagramMm"/>.</param>
/// <param name="BiasLateralMm">Mean lateral shift, mm.</param>
/// <param name="BiasDownMm">Mean downward shift, mm.</param>
public sealed record PlacementPrecision(
    IReadOnlyList<PointPrecision> Points, double MedianOutsideMm, double NinetiethOutsideMm, double MeanFromUsualMm, double BiasLateralMm, double BiasDownMm)
{
    /// <summary>Mean distance of ten novices from experts at ten sites with a diagram, mm (van Rhee 2022, doi 10.33590/emjinnov/21-00224).</summary>
    public const double NoviceWithDiagramMm = 6.75;

    /// <summary>The same with an overlay on the face, mm.</summary>
    public const double NoviceWithOverlayMm = 4.60;

    /// <summary>Measures a plan; null where it has no point.</summary>
    /// <param name="plan">The plan, with the size of the face.</param>
    /// <param name="atlas">Sites.</param>
    public static PlacementPrecision? Of(InjectionPlan plan, FaceAtlas atlas)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(atlas);
        var ipd = (double)plan.Frame.IpdMm;
        PointPrecision[] points =
        [
            .. plan.Points.Where(p => atlas.FindSite(p.SiteId) is not null).Select(point =>
            {
                var site = atlas.FindSite(point.SiteId)!; // asked for above
                var lateral = (double)(point.Placed.Point.LateralIpd - site.UsualPoint.LateralIpd) * ipd;
                var down = (double)(point.Placed.Point.DownIpd - site.UsualPoint.DownIpd) * ipd;
                return new PointPrecision(point.Id, site.Id, site.DistanceIpd(point.Placed.Point) * ipd, double.Hypot(lateral, down), lateral, down);
            }),
        ];
        return points.Length == 0
            ? null
            : new PlacementPrecision(
                points, Quantile(points, 0.5), Quantile(points, 0.9), points.Average(p => p.FromUsualMm), points.Average(p => p.LateralMm), points.Average(p => p.DownMm));
    }

    /// <summary>Linear between neighbours.</summary>
    private static double Quantile(PointPrecision[] points, double share)
    {
        var sorted = points.Select(p => p.OutsideMm).Order().ToArray();
        var at = share * (sorted.Length - 1);
        var below = (int)at;
        return below + 1 < sorted.Length ? sorted[below] + ((at - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
    }
}
