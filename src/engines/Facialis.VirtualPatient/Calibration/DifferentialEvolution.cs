using Facialis.VirtualPatient.Chance;

namespace Facialis.VirtualPatient.Calibration;

/// <summary>Search over the whole space between the limits (Storn and Price 1997), the same with the same seed.</summary>
internal static class DifferentialEvolution
{
    private const double Weight = 0.7;
    private const double Crossover = 0.8;

    /// <summary>Searches the least value.</summary>
    /// <param name="loss">What is to be small.</param>
    /// <param name="dimensions">Number of places.</param>
    /// <param name="members">Members of a generation; 4 or more.</param>
    /// <param name="generations">Generations.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="cancel">Stops the search.</param>
    public static Optimum Minimise(Func<IReadOnlyList<double>, double> loss, int dimensions, int members, int generations, ulong seed, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(members, 4);
        var draws = Draws.Of(seed, ChancePurpose.Search);
        var all = new Optimum[members];
        for (var m = 0; m < members; m++)
        {
            cancel.ThrowIfCancellationRequested();
            var places = new double[dimensions];
            for (var i = 0; i < dimensions; i++)
            {
                // One member in each slice of every dimension: a Latin square by rotation.
                places[i] = (((m * ((2 * i) + 1)) % members) + draws.Uniform()) / members;
            }

            all[m] = new Optimum(places, loss(places));
        }

        for (var generation = 0; generation < generations; generation++)
        {
            for (var m = 0; m < members; m++)
            {
                cancel.ThrowIfCancellationRequested();
                var (first, second) = (Other(ref draws, members), Other(ref draws, members));
                var best = all.MinBy(o => o.Value)!;
                var certain = (int)(draws.Uniform() * dimensions);
                var places = all[m].Places.ToArray();
                for (var i = 0; i < dimensions; i++)
                {
                    if (i == certain || draws.Chance(Crossover))
                    {
                        var from = (all[m].Places[i] + best.Places[i]) / 2;
                        places[i] = Math.Clamp(from + (Weight * (all[first].Places[i] - all[second].Places[i])), 0, 1);
                    }
                }

                var value = loss(places);
                all[m] = value <= all[m].Value ? new Optimum(places, value) : all[m];
            }
        }

        return all.MinBy(o => o.Value)!;
    }

    private static int Other(ref Draws draws, int members) => (int)(draws.Uniform() * members);
}
