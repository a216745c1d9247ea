namespace Facialis.Anatomy.Synthesis;

/// <summary>What a generated face does in one frame.</summary>
public sealed class FacePose
{
    private readonly float[] _amplitudes;

    internal FacePose(float[] amplitudes) => _amplitudes = amplitudes;

    /// <summary>Amplitude of an action so far, in the action's unit.</summary>
    public float this[FaceAction action, Side side] => _amplitudes[Expressions.IndexOf(action, side)];

    /// <summary>Adds a contraction. Two at once do not add up: the stronger one shows.</summary>
    /// <param name="action">What moves.</param>
    /// <param name="side">The patient's own side.</param>
    /// <param name="amplitude">How far, in the action's unit.</param>
    public void Contract(FaceAction action, Side side, float amplitude)
    {
        ref var current = ref _amplitudes[Expressions.IndexOf(action, side)];
        current = Math.Abs(amplitude) > Math.Abs(current) ? amplitude : current;
    }
}
