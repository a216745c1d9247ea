namespace Facialis.Anatomy.Sites;

/// <summary>A part of the face where a needle, a depth or a large dose does harm; drawn hatched, and checked again on the server.</summary>
/// <remarks>What follows from being inside (stop, confirm, note) and any dose belongs to the dose rules, not to the anatomy.</remarks>
public sealed record AvoidZone
{
    /// <summary>Stable id, for example <c>AZ-LEV</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Where it is, in words.</summary>
    public required string Name { get; init; }

    /// <summary>What lies there.</summary>
    public required string Structure { get; init; }

    /// <summary>What happens when that is reached.</summary>
    public required string Harm { get; init; }

    /// <summary>What to do about it, for people.</summary>
    public required string Rule { get; init; }

    /// <summary>The shallowest needle that the zone is about; deeper ones too. <see cref="NeedleDepth.Superficial"/> where any needle counts.</summary>
    public required NeedleDepth From { get; init; }

    /// <summary>The areas on one half of the face; the same on both halves.</summary>
    public required IReadOnlyList<FacePolygon> Areas { get; init; }

    /// <summary>How well the rule is founded. The outline itself is an estimate, always.</summary>
    public required SourceMark Mark { get; init; }

    /// <summary>Where the rule comes from, and how the outline was drawn.</summary>
    public required string Source { get; init; }

    /// <summary>Whether a point lies in the zone, whatever the depth.</summary>
    public bool Contains(FacePoint point) => Areas.Any(area => area.Contains(point));

    /// <summary>Whether a needle at that point and depth is what the zone warns of.</summary>
    public bool Concerns(FacePoint point, NeedleDepth depth) => depth >= From && Contains(point);
}
