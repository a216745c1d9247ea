using Facialis.Anatomy;
using Facialis.Spasm.Report;

namespace Facialis.Claims.Accuracy;

/// <summary>How amplitudes follow held closures and mouth pulls of known size.</summary>
/// <param name="What">Lid or mouth.</param>
/// <param name="Steps">Number of steps.</param>
/// <param name="Monotone">Every larger step is read larger, but for the noise of one reading.</param>
/// <param name="Correlation">Pearson's r of read against true.</param>
/// <param name="Slope">Read per true, by least squares.</param>
internal sealed record Stairs(string What, int Steps, bool Monotone, double Correlation, double Slope)
{
    // The tracker's noise averaged over a held step; a reading may fall short of the step below by no more.
    private const double LidTolerance = 0.02;
    private const double MouthTolerance = 0.002;

    // Movement needs time to arrive, so the step's first part is not read.
    private const double SkipSeconds = 0.15;

    public static IReadOnlyList<Stairs> Of(SignalTrack signals, Truth truth)
    {
        var holds = truth.Events.Where(e => e.Kind == "hold" && e.Side is not null).ToList();
        return
        [
            Fit("lid", holds.Where(h => h.Mouth == 0), h => h.Eye, signals, s => s == Side.PatientRight ? signals.RightLidClosure : signals.LeftLidClosure, LidTolerance),
            Fit("mouth", holds.Where(h => h.Eye == 0), h => h.Mouth, signals, s => s == Side.PatientRight ? signals.RightMouthIod : signals.LeftMouthIod, MouthTolerance),
        ];
    }

    private static Stairs Fit(string what, IEnumerable<TrueEvent> steps, Func<TrueEvent, double> size, SignalTrack signals, Func<Side, float[]> signal, double tolerance)
    {
        var points = steps.Select(step => (True: size(step), Read: Mean(step, signals.Times, signal(step.Side!.Value))))
            .GroupBy(p => p.True).Select(g => (True: g.Key, Read: g.Average(p => p.Read))).OrderBy(p => p.True).ToList();
        double mx = points.Average(p => p.True), my = points.Average(p => p.Read);
        double xy = points.Sum(p => (p.True - mx) * (p.Read - my)), xx = points.Sum(p => (p.True - mx) * (p.True - mx)), yy = points.Sum(p => (p.Read - my) * (p.Read - my));
        var monotone = points.Zip(points.Skip(1)).All(pair => pair.Second.Read >= pair.First.Read - tolerance);
        return new Stairs(what, points.Count, monotone, xy / Math.Sqrt(xx * yy), xy / xx);
    }

    private static double Mean(TrueEvent step, double[] times, float[] signal)
        => Enumerable.Range(0, times.Length).Where(i => times[i] >= step.Start + SkipSeconds && times[i] <= step.End && float.IsFinite(signal[i]))
            .Select(i => (double)signal[i]).DefaultIfEmpty(double.NaN).Average();
}
