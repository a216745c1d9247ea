using Facialis.Anatomy.Sites;

namespace Facialis.Anatomy.Muscles;

/// <summary>A muscle of facial expression, as the map draws it: a soft shape on one half of the face, the same on the other.</summary>
public sealed record Muscle
{
    /// <summary>Stable id, for example <c>ZMAJ</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Name as it is spoken.</summary>
    public required string Name { get; init; }

    /// <summary>What it does.</summary>
    public required string Action { get; init; }

    /// <summary>Where it begins and ends.</summary>
    public required string Course { get; init; }

    /// <summary>Its outline, drawn as a smooth closed line through these corners.</summary>
    public required FacePolygon Outline { get; init; }

    /// <summary>How well the course is founded. The outline is an estimate, always.</summary>
    public required SourceMark Mark { get; init; }

    /// <summary>Where the course comes from.</summary>
    public required string Source { get; init; }
}
