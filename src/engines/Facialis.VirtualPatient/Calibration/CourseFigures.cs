namespace Facialis.VirtualPatient.Calibration;

/// <summary>What the model says where a study printed figures: one population under one plan.</summary>
internal sealed record CourseFigures
{
    /// <summary>Mean improvement at each look, share.</summary>
    public required IReadOnlyList<double> Improvement { get; init; }

    /// <summary>Share of people better by more than 80 % at each look.</summary>
    public required IReadOnlyList<double> Above80 { get; init; }

    /// <summary>Mean and SD of onset, d; among those who have one.</summary>
    public required (double Mean, double Sd) Onset { get; init; }

    /// <summary>Mean and SD of duration, d; among those who got better by half.</summary>
    public required (double Mean, double Sd) Duration { get; init; }

    /// <summary>Share of people who never got better by half.</summary>
    public required double Failure { get; init; }

    /// <summary>Mean of every person's best improvement, share.</summary>
    public required double Peak { get; init; }

    /// <summary>Half-life of the constants used, d.</summary>
    public required double HalfLife { get; init; }

    /// <summary>The figure that a row is about.</summary>
    /// <exception cref="ArgumentException">The row is about something else than a course, or about a week that nobody looked at.</exception>
    public double Of(TargetRow row) => row.Measure switch
    {
        Measure.Improvement => Improvement[Look(row)],
        Measure.Above80 => Above80[Look(row)],
        Measure.OnsetMean => Onset.Mean,
        Measure.OnsetSd => Onset.Sd,
        Measure.DurationMean => Duration.Mean,
        Measure.DurationSd => Duration.Sd,
        Measure.Failure => Failure,
        Measure.Peak => Peak,
        Measure.HalfLife => HalfLife,
        _ => throw new ArgumentException($"{row.What} is not part of a course.", nameof(row)),
    };

    /// <summary>Whether a course answers a measure.</summary>
    public static bool Answers(Measure measure) => measure is <= Measure.HalfLife or Measure.Above80;

    private static int Look(TargetRow row)
    {
        var look = CalibrationCrowd.Days.IndexOf(7 * (row.Week ?? -1));
        return look >= 0 ? look : throw new ArgumentException($"Nobody looked at week {row.Week}.", nameof(row));
    }
}
