namespace Facialis.VirtualPatient.Faces;

/// <summary>A muscle, or a part of one, of the model: a cloud of nerve endings on one half of the face, the same on the other.</summary>
/// <param name="Id">Stable id, for example <c>pretarsal_up</c>.</param>
/// <param name="Name">Name for people.</param>
/// <param name="AtlasMuscleId">The muscle of the face map that it belongs to, an id of <see cref="Anatomy.Muscles.Muscle"/>.</param>
/// <param name="Weight">Share in the usual person's visible spasm; the shares of all muscles add up to 1.</param>
/// <param name="ExcursionMm">How far the skin moves at full contraction, mm.</param>
/// <param name="Endplates">Places of its nerve endings.</param>
public sealed record VirtualMuscle(
    string Id, string Name, string AtlasMuscleId, double Weight, double ExcursionMm, IReadOnlyList<FacePosition> Endplates);

/// <summary>A structure that toxin should not reach.</summary>
/// <param name="Id">Stable id, for example <c>levator</c>.</param>
/// <param name="Name">Name for people.</param>
/// <param name="Point">Where it lies.</param>
public sealed record OffTarget(string Id, string Name, FacePosition Point);
