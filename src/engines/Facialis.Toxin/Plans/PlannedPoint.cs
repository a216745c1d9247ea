using Facialis.Anatomy;
using Facialis.Anatomy.Sites;

namespace Facialis.Toxin;

/// <summary>One injection of a plan: where, how much and how deep.</summary>
/// <param name="Placed">Where it was put on the face map.</param>
/// <param name="Units">Its units, of the plan's product.</param>
/// <param name="Depth">How deep the needle is meant to go.</param>
public sealed record PlannedPoint(PlacedPoint Placed, Units Units, NeedleDepth Depth)
{
    /// <summary>Identity of the point.</summary>
    public Guid Id => Placed.Id;

    /// <summary>Injection site, an id of the face atlas.</summary>
    public string SiteId => Placed.SiteId;

    /// <summary>The patient's own side.</summary>
    public Side Side => Placed.Side;

    /// <summary>The same point on the other side.</summary>
    public PlannedPoint Mirrored() => this with { Placed = Placed.Mirrored() };
}
