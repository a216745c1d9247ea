namespace Facialis.VirtualPatient.Calibration;

/// <summary>Which counts a study of that size could well have seen if the model were right: the middle 95 %.</summary>
/// <remarks>
/// Patients are drawn from the model's people; the treatments of one patient share that person's probability, so counts scatter as in a
/// beta-binomial law, but with the model's own scatter between persons in place of a beta law.
/// </remarks>
/// <param name="Low">Least count of the band.</param>
/// <param name="High">Largest count of the band.</param>
/// <param name="Of">Treatments in all.</param>
public sealed record CountBand(int Low, int High, int Of)
{
    private const double Tail = 0.025;

    /// <summary>Works the band out.</summary>
    /// <param name="probabilities">Probability of each of the model's people at one treatment.</param>
    /// <param name="patients">Patients of the study; above 0.</param>
    /// <param name="treatments">Treatments of each; above 0.</param>
    public static CountBand Of95(IReadOnlyList<double> probabilities, int patients, int treatments)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(patients);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(treatments);
        var one = new double[treatments + 1];
        foreach (var p in probabilities)
        {
            var ways = 1.0;
            for (var k = 0; k <= treatments; k++)
            {
                one[k] += ways * Math.Pow(p, k) * Math.Pow(1 - p, treatments - k) / probabilities.Count;
                ways = ways * (treatments - k) / (k + 1);
            }
        }

        double[] all = [1];
        for (var patient = 0; patient < patients; patient++)
        {
            var next = new double[all.Length + treatments];
            for (var i = 0; i < all.Length; i++)
            {
                for (var k = 0; k < one.Length; k++)
                {
                    next[i + k] += all[i] * one[k];
                }
            }

            all = next;
        }

        var (low, high, sum) = (-1, all.Length - 1, 0.0);
        for (var i = 0; i < all.Length; i++)
        {
            sum += all[i];
            low = low < 0 && sum > Tail ? i : low;
            if (sum >= 1 - Tail)
            {
                high = i;
                break;
            }
        }

        return new CountBand(low, high, all.Length - 1);
    }
}
