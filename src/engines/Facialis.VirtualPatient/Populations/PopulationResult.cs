using Facialis.VirtualPatient.SideEffects;

namespace Facialis.VirtualPatient.Populations;

/// <summary>What became of a population under one plan. Model people, no prediction for anybody.</summary>
public sealed record PopulationResult
{
    /// <summary>Version and hash of the model.</summary>
    public required string ModelStamp { get; init; }

    /// <summary>Seed of the population.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Number of people: the denominator of everything here.</summary>
    public required int People { get; init; }

    /// <summary>Days of the looks, from 0.</summary>
    public required IReadOnlyList<int> Days { get; init; }

    /// <summary>Mean improvement at each look, 0 to 1.</summary>
    public required IReadOnlyList<double> MeanImprovement { get; init; }

    /// <summary>SD of the improvement between people at each look.</summary>
    public required IReadOnlyList<double> SdImprovement { get; init; }

    /// <summary>Share of people whose improvement ever reached one half.</summary>
    public required double ResponderShare { get; init; }

    /// <summary>Probability of each side effect per person and treatment, in the order of <see cref="SideEffectKind"/>.</summary>
    public required IReadOnlyList<double> SideEffects { get; init; }

    /// <summary>Improvement averaged over people and over the whole time, 0 to 1.</summary>
    public required double OverallImprovement { get; init; }

    /// <summary>Probability of a side effect.</summary>
    public double Of(SideEffectKind kind) => SideEffects[(int)kind];

    /// <summary>Mean improvement so many weeks after the treatment.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Nobody looked at that week.</exception>
    public double AtWeek(int week)
    {
        for (var i = 0; i < Days.Count; i++)
        {
            if (Days[i] == 7 * week)
            {
                return MeanImprovement[i];
            }
        }

        throw new ArgumentOutOfRangeException(nameof(week), week, "Nobody looked at that week.");
    }
}
