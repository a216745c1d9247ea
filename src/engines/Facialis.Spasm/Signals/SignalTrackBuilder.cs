using Facialis.Spasm.Report;

namespace Facialis.Spasm.Signals;

/// <summary>Gathers the signals of the segments into one track.</summary>
internal sealed class SignalTrackBuilder
{
    private readonly List<double> _times = [];
    private readonly List<float>[] _channels = [[], [], [], [], [], []];

    public void Add(double time, float rightLid, float leftLid, float rightMouth, float leftMouth, float rightBrow, float leftBrow)
    {
        _times.Add(time);
        _channels[0].Add(rightLid);
        _channels[1].Add(leftLid);
        _channels[2].Add(rightMouth);
        _channels[3].Add(leftMouth);
        _channels[4].Add(rightBrow);
        _channels[5].Add(leftBrow);
    }

    /// <param name="swapSides">True for a mirrored recording: what was read as right is the patient's left.</param>
    public SignalTrack Build(bool swapSides)
    {
        var (right, left) = swapSides ? (1, 0) : (0, 1);
        return new SignalTrack
        {
            Times = [.. _times],
            RightLidClosure = [.. _channels[right]],
            LeftLidClosure = [.. _channels[left]],
            RightMouthIod = [.. _channels[2 + right]],
            LeftMouthIod = [.. _channels[2 + left]],
            RightBrowIod = FromRest(_channels[4 + right]),
            LeftBrowIod = FromRest(_channels[4 + left]),
        };
    }

    private static float[] FromRest(List<float> channel)
    {
        var finite = channel.Where(float.IsFinite).ToArray();
        var rest = finite.Length == 0 ? 0 : Filtering.Robust.QuantileInPlace(finite, 0.5);
        return [.. channel.Select(value => value - rest)];
    }
}
