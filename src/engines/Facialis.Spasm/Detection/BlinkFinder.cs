namespace Facialis.Spasm.Detection;

/// <summary>A both-sided, synchronous closure; frame indices into its traces.</summary>
internal sealed record BlinkCandidate(int First, int Last, int Deepest, double Asymmetry);

/// <summary>Finds blinks: closures that both eyes share.</summary>
internal static class BlinkFinder
{
    /// <summary>Least common narrowing of a blink, share of the open height; partial blinks of a third count.</summary>
    private const double LeastDepth = 0.30;
    private const double EdgeDepth = 0.12;

    /// <summary>Longer than this both eyes are closed on purpose, asleep or looking down, s.</summary>
    private const double LongestSeconds = 1.0;

    public static List<BlinkCandidate> Find(Traces traces)
    {
        var blinks = new List<BlinkCandidate>();
        var i = 0;
        while (i < traces.Count)
        {
            if (!(Depth(traces, i) >= LeastDepth))
            {
                i++;
                continue;
            }

            int first = i, last = i, deepest = i;
            while (first > 0 && Depth(traces, first - 1) > EdgeDepth)
            {
                first--;
            }

            while (last + 1 < traces.Count && Depth(traces, last + 1) > EdgeDepth)
            {
                last++;
                deepest = Depth(traces, last) > Depth(traces, deepest) ? last : deepest;
            }

            if (traces.Times[last] - traces.Times[first] <= LongestSeconds)
            {
                double right = traces.OpenAperture[0][deepest] - traces.Aperture[0][deepest];
                double left = traces.OpenAperture[1][deepest] - traces.Aperture[1][deepest];
                blinks.Add(new BlinkCandidate(first, last, deepest, Math.Abs(left - right) / Math.Max(1e-6, left + right)));
            }

            i = last + 1;
        }

        return blinks;
    }

    private static double Depth(Traces traces, int i)
        => traces.CommonClosure[i] / Math.Max(1e-4, Math.Min(traces.OpenAperture[0][i], traces.OpenAperture[1][i]));
}
