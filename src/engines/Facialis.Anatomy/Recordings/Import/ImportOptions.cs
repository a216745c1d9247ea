using Facialis.Anatomy.Landmarks;

namespace Facialis.Anatomy.Recordings.Import;

/// <summary>What the person who opens a file knows of it and the file may not say. What the file says itself wins.</summary>
public sealed record ImportOptions
{
    /// <summary>Nothing is known.</summary>
    public static ImportOptions None { get; } = new();

    /// <summary>Identity to give a recording whose file has none.</summary>
    public Guid Id { get; init; }

    /// <summary>Which landmarks the file holds; null: told from their number where that is possible.</summary>
    public LandmarkScheme? Scheme { get; init; }

    /// <summary>Width of the picture, pixels, 1 to 65,535; null where unknown.</summary>
    public int? ImageWidth { get; init; }

    /// <summary>Height of the picture, pixels, 1 to 65,535; null where unknown.</summary>
    public int? ImageHeight { get; init; }

    /// <summary>Whether the picture was a mirror image; <see cref="Mirroring.Unknown"/> leaves the sides unconfirmed.</summary>
    public Mirroring Mirroring { get; init; }

    /// <summary>Which face to read, where a file has several (OpenFace's <c>face_id</c>); null: the only one.</summary>
    public int? FaceId { get; init; }

    /// <summary>
    /// True: a <c>.facerec</c> file that is cut off or damaged after its header is read up to its last whole block;
    /// <see cref="Facerec.FacerecReader.Damage"/> then says what was wrong.
    /// </summary>
    public bool Salvage { get; init; }
}
