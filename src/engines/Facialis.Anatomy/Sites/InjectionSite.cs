using Facialis.Anatomy.Muscles;

namespace Facialis.Anatomy.Sites;

/// <summary>A place where a muscle is usually injected, the same on both halves of the face.</summary>
/// <remarks>A guide for the eye, never an injection coordinate: face shape, age and palsy move it, and the injector feels for the muscle.</remarks>
public sealed record InjectionSite
{
    /// <summary>Stable id, for example <c>OO_UP_PT_LAT</c>; dose rules refer to it.</summary>
    public required string Id { get; init; }

    /// <summary>Name for people.</summary>
    public required string Name { get; init; }

    /// <summary>Short name for a crowded map.</summary>
    public required string ShortName { get; init; }

    /// <summary>The muscle, an id of <see cref="Muscle"/>.</summary>
    public required string MuscleId { get; init; }

    /// <summary>Where a new point is put.</summary>
    public required FacePoint UsualPoint { get; init; }

    /// <summary>One corner of the box of usual places: nearest to the midline and highest. Equal to <see cref="ReachTo"/> where the site is one point.</summary>
    public required FacePoint ReachFrom { get; init; }

    /// <summary>The other corner of the box: farthest from the midline and lowest.</summary>
    public required FacePoint ReachTo { get; init; }

    /// <summary>Usual depth.</summary>
    public required NeedleDepth Depth { get; init; }

    /// <summary>Usual depth in words.</summary>
    public required string DepthText { get; init; }

    /// <summary>Why it is injected.</summary>
    public required string Why { get; init; }

    /// <summary>What may happen when a neighbour is reached.</summary>
    public required string NeighbourEffect { get; init; }

    /// <summary>How well <see cref="Why"/> and <see cref="NeighbourEffect"/> are founded.</summary>
    public required SourceMark EffectMark { get; init; }

    /// <summary>How well the position is founded.</summary>
    public required SourceMark Mark { get; init; }

    /// <summary>Where the position comes from.</summary>
    public required string Source { get; init; }

    /// <summary>True where the site lies on the midline and so has no side of its own.</summary>
    public bool OnMidline => ReachTo.LateralIpd == 0;

    /// <summary>Distance from a point to the usual places of the site, IPD; 0 among them.</summary>
    public double DistanceIpd(FacePoint point)
    {
        var across = Math.Max(0, Math.Max(ReachFrom.LateralIpd - point.LateralIpd, point.LateralIpd - ReachTo.LateralIpd));
        var down = Math.Max(0, Math.Max(ReachFrom.DownIpd - point.DownIpd, point.DownIpd - ReachTo.DownIpd));
        return double.Hypot((double)across, (double)down);
    }
}
