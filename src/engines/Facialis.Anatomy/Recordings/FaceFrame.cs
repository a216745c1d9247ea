namespace Facialis.Anatomy.Recordings;

/// <summary>One frame of a recording; a buffer that a reader fills again for each frame.</summary>
public sealed class FaceFrame(int landmarkCount)
{
    private readonly float[] _coordinates = new float[landmarkCount * 3];

    /// <summary>Seconds since the recording's own zero; strictly increasing from frame to frame.</summary>
    public double TimeSeconds { get; set; }

    /// <summary>False where no face was found: the coordinates then mean nothing.</summary>
    public bool HasFace { get; set; }

    /// <summary>Mean luminance of the face's picture, 0 (black) to 255 (white); NaN where not measured.</summary>
    public float Brightness { get; set; } = float.NaN;

    /// <summary>
    /// x, y, z of each landmark in the order of <see cref="RecordingHeader.LandmarkIndices"/>: pixels of the picture as
    /// the camera saw it, x to the viewer's right, y down, z in the scale of x with smaller nearer to the camera.
    /// </summary>
    public Span<float> Coordinates => _coordinates;

    /// <summary>Number of landmarks in a frame.</summary>
    public int LandmarkCount { get; } = landmarkCount;
}
