using Facialis.Anatomy;
using Facialis.Anatomy.Sites;

namespace Facialis.Clinic.Plans;

/// <summary>The standard face as the API gives it: one half, in IPD units, the other being its mirror image.</summary>
/// <param name="Version">Version of sites, zones and muscles.</param>
/// <param name="Sites">Injection sites.</param>
/// <param name="Zones">Avoid zones.</param>
/// <param name="Muscles">Muscles.</param>
/// <param name="Strokes">The line drawing, from back to front.</param>
internal sealed record FaceMapResource(
    string Version, IReadOnlyList<SiteResource> Sites, IReadOnlyList<ZoneResource> Zones, IReadOnlyList<MuscleResource> Muscles, IReadOnlyList<StrokeResource> Strokes)
{
    private static readonly Lazy<FaceMapResource> Made = new(() => Of(FaceAtlas.Current));

    public static FaceMapResource Current => Made.Value;

    private static FaceMapResource Of(FaceAtlas atlas) => new(
        atlas.Version,
        [.. atlas.Sites.Select(s => new SiteResource(
            s.Id, s.Name, s.ShortName, s.MuscleId, s.UsualPoint.LateralIpd, s.UsualPoint.DownIpd,
            [s.ReachFrom.LateralIpd, s.ReachFrom.DownIpd, s.ReachTo.LateralIpd, s.ReachTo.DownIpd],
            s.Depth, s.DepthText, s.Why, s.NeighbourEffect, s.Mark, s.Source))],
        [.. atlas.Zones.Select(z => new ZoneResource(
            z.Id, z.Name, z.Structure, z.Harm, z.Rule, z.From,
            [.. z.Areas.Select(area => (IReadOnlyList<decimal>)[.. area.Corners.SelectMany(c => (decimal[])[c.LateralIpd, c.DownIpd])])],
            z.Mark, z.Source))],
        [.. atlas.Muscles.Select(m => new MuscleResource(m.Id, m.Name, m.Action, m.Course, FaceCurve.Around(m.Outline).Coordinates))],
        [.. FaceDrawing.Strokes.Select(s => new StrokeResource(s.Id, s.Role, s.Curve.Closed, s.Curve.Coordinates))]);
}

/// <param name="Id">Site id.</param>
/// <param name="Name">Name.</param>
/// <param name="ShortName">Name for a crowded map.</param>
/// <param name="MuscleId">Muscle.</param>
/// <param name="Lateral">Usual point, IPD from the midline.</param>
/// <param name="Down">Usual point, IPD below the pupils.</param>
/// <param name="Reach">Box of usual places: lateral, down of its upper inner and of its lower outer corner.</param>
/// <param name="Depth">Usual depth.</param>
/// <param name="DepthText">The same in words.</param>
/// <param name="Why">Why it is injected.</param>
/// <param name="NeighbourEffect">What a neighbour may do.</param>
/// <param name="Mark">How well the position is founded.</param>
/// <param name="Source">Where the position comes from.</param>
internal sealed record SiteResource(
    string Id, string Name, string ShortName, string MuscleId, decimal Lateral, decimal Down, IReadOnlyList<decimal> Reach,
    NeedleDepth Depth, string DepthText, string Why, string NeighbourEffect, SourceMark Mark, string Source);

/// <param name="Id">Zone id.</param>
/// <param name="Name">Where it is.</param>
/// <param name="Structure">What lies there.</param>
/// <param name="Harm">What may happen.</param>
/// <param name="Rule">What to do about it.</param>
/// <param name="From">The shallowest needle that it is about.</param>
/// <param name="Areas">Corners of each area: lateral and down in turn.</param>
/// <param name="Mark">How well it is founded.</param>
/// <param name="Source">Where it comes from.</param>
internal sealed record ZoneResource(
    string Id, string Name, string Structure, string Harm, string Rule, NeedleDepth From, IReadOnlyList<IReadOnlyList<decimal>> Areas, SourceMark Mark, string Source);

/// <param name="Id">Muscle id.</param>
/// <param name="Name">Name.</param>
/// <param name="Action">What it does.</param>
/// <param name="Course">Where it runs.</param>
/// <param name="Curve">Its outline: the first point, then two control points and an end for each curve; closed.</param>
internal sealed record MuscleResource(string Id, string Name, string Action, string Course, IReadOnlyList<double> Curve);

/// <param name="Id">Stroke id.</param>
/// <param name="Role">What it is painted as.</param>
/// <param name="Closed">Whether it returns.</param>
/// <param name="Curve">The first point, then two control points and an end for each curve.</param>
internal sealed record StrokeResource(string Id, string Role, bool Closed, IReadOnlyList<double> Curve);
