using Facialis.VirtualPatient.Parameters;

namespace Facialis.VirtualPatient.Calibration;

/// <summary>What the shipped model, frozen, says about studies and counts outside of the fits.</summary>
/// <param name="model">The model.</param>
/// <param name="people">Number of people.</param>
internal sealed class Predictions(ModelParameters model, int people)
{
    private readonly Dictionary<string, StudyRun> _runs = new(StringComparer.Ordinal);

    /// <summary>Every row that belongs to no fit.</summary>
    public IReadOnlyList<Prediction> All() => [.. PublishedTargets.Current.Rows.Where(r => r.Fits.Count == 0).Select(Of)];

    /// <summary>Days of mean duration that doubling every dose of the orbital plan adds, d.</summary>
    public double DoublingDays() => Run("orbital_double").Course.Duration.Mean - Run("orbital").Course.Duration.Mean;

    private Prediction Of(TargetRow row)
    {
        var run = Run(row.Protocol);
        var answer = run.Of(row);
        if (row.Against is { } against)
        {
            var other = Run(against).Of(row);
            return new Prediction(row, answer, other, null, null, row.Expect switch
            {
                Expectation.Less => answer < other,
                Expectation.More => answer > other,
                _ => Math.Abs(answer - other) <= row.Tolerance,
            });
        }

        var band = row is { Of: { } of } && run.Chances(row) is { } chances
            ? CountBand.Of95(chances, row.Patients ?? of, row.Patients is { } patients ? (int)Math.Round((double)of / patients) : 1)
            : null;
        // The band may have a few treatments more or less than the study, so shares are compared.
        bool? holds = band is not null
            ? (double)row.Events!.Value / row.Of!.Value is var share && share >= (double)band.Low / band.Of && share <= (double)band.High / band.Of
            : row is { Value: { } value, Tolerance: { } tolerance } ? Math.Abs(answer - value) <= 2 * tolerance : null;
        var naive = row.KeptBack ? PublishedTargets.Current.Of(TargetSet.Printed).FirstOrDefault(r => r.Measure == row.Measure)?.Value : null;
        return new Prediction(row, answer, null, naive, band, holds);
    }

    private StudyRun Run(string protocol) =>
        _runs.TryGetValue(protocol, out var run) ? run : _runs[protocol] = new StudyRun(model, PublishedTargets.Current.Protocol(protocol), people);
}
