namespace Facialis.Anatomy.Synthesis;

/// <summary>Moves a generated face beyond what its script says; asked once for every frame, forwards in time.</summary>
public abstract class FaceMotion
{
    /// <summary>Adds what moves while a frame is exposed.</summary>
    /// <param name="fromSeconds">Begin of the frame's exposure, seconds on the recording's clock; before 0 for the first frame.</param>
    /// <param name="toSeconds">End of the exposure.</param>
    /// <param name="pose">What the script asks of the face in this frame; the motion is added to it.</param>
    public abstract void Move(double fromSeconds, double toSeconds, FacePose pose);

    /// <summary>Fills normal deviates for the frame's landmark noise.</summary>
    /// <param name="normals">To be filled with mean 0 and SD 1.</param>
    /// <returns>False where the motion has none: the face then makes its own.</returns>
    public virtual bool TryFillNoise(Span<float> normals) => false;
}
