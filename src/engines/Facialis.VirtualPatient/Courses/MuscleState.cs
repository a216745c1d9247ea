namespace Facialis.VirtualPatient.Courses;

/// <summary>A muscle on a day.</summary>
/// <param name="MuscleId">Id of the model's muscle.</param>
/// <param name="Block">Share of its nerve endings that are blocked, 0 to 1.</param>
/// <param name="ResidualForce">Force that is left, 0 to 1.</param>
/// <param name="VoluntaryStrength">What the person can do with it, 0 to 1.</param>
/// <param name="VisibleShare">Share of its untreated spasm that is still seen, 0 to 1.</param>
public readonly record struct MuscleState(string MuscleId, double Block, double ResidualForce, double VoluntaryStrength, double VisibleShare);
