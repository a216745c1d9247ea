namespace Facialis.VirtualPatient.Calibration;

/// <summary>Sums over people, out of which a population's figures are made.</summary>
internal sealed class CourseSums
{
    private const double OnsetAt = 0.25;
    private const double ResponseAt = 0.5;
    private const double VeryMuch = 0.8;

    private readonly double[] _improvement = new double[CalibrationCrowd.Days.Length];
    private readonly double[] _above80 = new double[CalibrationCrowd.Days.Length];
    private Moments _onset;
    private Moments _duration;
    private double _peak;
    private int _people;

    /// <summary>Adds a person.</summary>
    /// <param name="improvement">Improvement at each look, share.</param>
    public void Add(ReadOnlySpan<double> improvement)
    {
        _people++;
        var (peak, first) = (0.0, -1);
        for (var i = 0; i < improvement.Length; i++)
        {
            _improvement[i] += improvement[i];
            _above80[i] += improvement[i] > VeryMuch ? 1 : 0;
            peak = Math.Max(peak, improvement[i]);
            first = first < 0 && improvement[i] >= OnsetAt ? i : first;
        }

        _peak += peak;
        if (first >= 0)
        {
            _onset.Add(Crossing(improvement, first - 1, OnsetAt));
        }

        if (peak < ResponseAt)
        {
            return;
        }

        var last = improvement.Length - 1;
        while (improvement[last] < peak / 2)
        {
            last--;
        }

        _duration.Add(last == improvement.Length - 1 ? CalibrationCrowd.Days[last] : Crossing(improvement, last, peak / 2));
    }

    /// <summary>Adds a group's sums.</summary>
    public void Add(CourseSums other)
    {
        for (var i = 0; i < _improvement.Length; i++)
        {
            _improvement[i] += other._improvement[i];
            _above80[i] += other._above80[i];
        }

        _onset.Add(other._onset);
        _duration.Add(other._duration);
        _peak += other._peak;
        _people += other._people;
    }

    /// <summary>The figures.</summary>
    public CourseFigures Result(double halfLife) => new()
    {
        Improvement = [.. _improvement.Select(s => s / _people)],
        Above80 = [.. _above80.Select(s => s / _people)],
        Onset = (_onset.Mean, _onset.Sd),
        Duration = (_duration.Mean, _duration.Sd),
        Failure = 1 - (_duration.Count / _people),
        Peak = _peak / _people,
        HalfLife = halfLife,
    };

    // Between two looks the improvement is a straight line, so that the figures move smoothly with the constants.
    private static double Crossing(ReadOnlySpan<double> improvement, int before, double level)
    {
        var (fromDay, from) = before < 0 ? (0, 0) : (CalibrationCrowd.Days[before], improvement[before]);
        var (toDay, to) = (CalibrationCrowd.Days[before + 1], improvement[before + 1]);
        return to == from ? toDay : fromDay + ((toDay - fromDay) * (level - from) / (to - from));
    }

    private struct Moments
    {
        private double _sum;
        private double _squares;

        public double Count { get; private set; }

        public readonly double Mean => Count > 0 ? _sum / Count : 0;

        public readonly double Sd => Count > 0 ? Math.Sqrt(Math.Max(0, (_squares / Count) - (Mean * Mean))) : 0;

        public void Add(double value)
        {
            _sum += value;
            _squares += value * value;
            Count++;
        }

        public void Add(Moments other)
        {
            _sum += other._sum;
            _squares += other._squares;
            Count += other.Count;
        }
    }
}
