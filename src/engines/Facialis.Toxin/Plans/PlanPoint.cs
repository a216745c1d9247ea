using System.Text.Json.Serialization;
using Facialis.Anatomy;
using Facialis.Anatomy.Sites;

namespace Facialis.Toxin;

/// <summary>One point of a plan as a person keeps it, with or without a dose.</summary>
/// <param name="Id">UUIDv7 made where the point was placed.</param>
/// <param name="SiteId">Injection site, an id of the face atlas.</param>
/// <param name="Side">The patient's own side.</param>
/// <param name="LateralIpd">Distance from the midline, IPD.</param>
/// <param name="DownIpd">Distance below the pupils, IPD.</param>
/// <param name="Depth">How deep the needle is meant to go.</param>
/// <param name="Units">Dose in units of the plan's product, in steps of 0.25 U; 0 while none is given.</param>
/// <param name="Unconfirmed">True for a copied point that nobody has confirmed yet.</param>
/// <param name="CopiedUnits">Dose of the point that it was copied from; null where it was placed anew.</param>
public sealed record PlanPoint(
    Guid Id, string SiteId, Side Side, decimal LateralIpd, decimal DownIpd, NeedleDepth Depth, decimal Units, bool Unconfirmed = false, decimal? CopiedUnits = null)
{
    /// <summary>Doses are drawn up and given in steps of this many units.</summary>
    public const decimal Step = 0.25m;

    /// <summary>Where on its half of the face.</summary>
    [JsonIgnore]
    public FacePoint Point => new(LateralIpd, DownIpd);

    /// <summary>Where on the face.</summary>
    [JsonIgnore]
    public FacePlace Place => new(Side, Point);

    /// <summary>The point in the terms of the rules.</summary>
    public PlannedPoint ToPlanned() => new(new PlacedPoint(Id, SiteId, Side, Point), new Units(Units), Depth);
}
