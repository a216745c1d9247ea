using Facialis.Spasm.Report;

namespace Facialis.Clinic.Measurements;

/// <summary>A stretch of signals for a plot: for each of a number of equal spans of time the lowest and highest value.</summary>
/// <param name="FromSeconds">Beginning of the stretch, seconds on the recording's clock.</param>
/// <param name="ToSeconds">End of the stretch.</param>
/// <param name="Times">Middle of each span, seconds.</param>
/// <param name="Right">The patient's right side.</param>
/// <param name="Left">The patient's left side.</param>
public sealed record SignalBands(double FromSeconds, double ToSeconds, double[] Times, SideBands Right, SideBands Left)
{
    /// <summary>Reduces signals to bands, so that a twitch of one frame stays visible however far the plot is zoomed out.</summary>
    public static SignalBands Of(SignalTrack track, double from, double to, int points)
    {
        var first = FirstAtOrAfter(track.Times, from);
        var end = FirstAtOrAfter(track.Times, to);
        // Where there are fewer frames than points, each frame is its own span.
        var spans = Math.Min(points, Math.Max(1, end - first));
        var everyFrame = spans == end - first;
        var edges = new int[spans + 1];
        for (var i = 0; i <= spans; i++)
        {
            edges[i] = everyFrame ? first + i : FirstAtOrAfter(track.Times, from + ((to - from) * i / spans));
        }

        var times = new double[spans];
        for (var i = 0; i < spans; i++)
        {
            times[i] = everyFrame && first + i < track.Times.Length
                ? Math.Round(track.Times[first + i], 3)
                : Math.Round(from + ((to - from) * (i + 0.5) / spans), 3);
        }

        return new SignalBands(
            from, to, times,
            new SideBands(Band.Of(track.RightLidClosure, edges), Band.Of(track.RightMouthIod, edges), Band.Of(track.RightBrowIod, edges)),
            new SideBands(Band.Of(track.LeftLidClosure, edges), Band.Of(track.LeftMouthIod, edges), Band.Of(track.LeftBrowIod, edges)));
    }

    private static int FirstAtOrAfter(double[] times, double time)
    {
        var found = Array.BinarySearch(times, time);
        return found >= 0 ? found : ~found;
    }
}

/// <param name="Lid">Lid closure: 0 open, 1 closed, of the eye's own range.</param>
/// <param name="Mouth">Shift of the mouth's corner up and outwards, interocular distances.</param>
/// <param name="Brow">Rise of the brow, interocular distances.</param>
public sealed record SideBands(Band Lid, Band Mouth, Band Brow);

/// <param name="Low">Lowest value of each span; null where no face was found in it.</param>
/// <param name="High">Highest value of each span; null where no face was found in it.</param>
public sealed record Band(double?[] Low, double?[] High)
{
    public static Band Of(float[] trace, int[] edges)
    {
        var band = new Band(new double?[edges.Length - 1], new double?[edges.Length - 1]);
        for (var span = 0; span < edges.Length - 1; span++)
        {
            var (low, high) = (float.PositiveInfinity, float.NegativeInfinity);
            for (var i = edges[span]; i < edges[span + 1]; i++)
            {
                if (float.IsFinite(trace[i]))
                {
                    (low, high) = (Math.Min(low, trace[i]), Math.Max(high, trace[i]));
                }
            }

            if (low <= high)
            {
                (band.Low[span], band.High[span]) = (Math.Round(low, 4), Math.Round(high, 4));
            }
        }

        return band;
    }
}
