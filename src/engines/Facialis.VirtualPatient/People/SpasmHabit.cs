namespace Facialis.VirtualPatient.People;

/// <summary>How one person's spasm behaves before any treatment.</summary>
/// <param name="Pattern">Twitches, trains, holds or all of them.</param>
/// <param name="PerMinute">Spasms per minute on average, a train or a hold counted once.</param>
/// <param name="SingleShare">Share of single twitches, 0 to 1.</param>
/// <param name="TrainShare">Share of trains, 0 to 1.</param>
/// <param name="HoldShare">Share of holds, 0 to 1.</param>
/// <param name="Strength">Size of a usual contraction, 1 for one that nearly shuts the eye.</param>
/// <param name="Weights">Share of each muscle in the visible spasm, in the order of the model's muscles; adds up to 1.</param>
/// <param name="Gains">How strongly the common drive reaches each muscle, around 1.</param>
public sealed record SpasmHabit(
    SpasmPattern Pattern, double PerMinute, double SingleShare, double TrainShare, double HoldShare, double Strength,
    IReadOnlyList<double> Weights, IReadOnlyList<double> Gains)
{
    /// <summary>Severity before treatment: the sum of weight times gain.</summary>
    public double UntreatedSeverity => Weights.Zip(Gains, (w, g) => w * g).Sum();

    /// <summary>How bad the person feels it before treatment, 0 to 100: more with rate, size and holds.</summary>
    public double BurdenBefore => Math.Clamp(22 + (0.55 * PerMinute) + (38 * Strength) + (30 * HoldShare), 20, 98);
}
