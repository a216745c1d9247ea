namespace Facialis.Anatomy.Recordings;

/// <summary>What the camera or video delivered, against what became a frame of the recording.</summary>
/// <param name="Presented">Pictures that the camera or video presented.</param>
/// <param name="Dropped">Those of them that were lost because the landmarker was busy.</param>
public readonly record struct CaptureCounts(uint Presented, uint Dropped);
