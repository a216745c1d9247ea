using System.Globalization;
using Facialis.VirtualPatient.Parameters;
using Facialis.VirtualPatient.Populations;
using Facialis.VirtualPatient.Scoring;
using Facialis.VirtualPatient.SideEffects;

namespace Facialis.VirtualPatient.Calibration;

/// <summary>Whether plans keep their order when a constant moves over its profile, the others with it.</summary>
internal static class PlanRanking
{
    private static readonly string[] Plans = ["pretarsal_15", "orbital", "lateral", "preseptal_15", "preseptal", "lower_face"];

    /// <summary>Tries every plausible point of every profile.</summary>
    /// <param name="model">The shipped model.</param>
    /// <param name="profiles">The profiles.</param>
    /// <param name="people">Number of people.</param>
    /// <param name="cancel">Stops the work.</param>
    public static RankingCheck Check(ModelParameters model, IReadOnlyList<ParameterProfile> profiles, int people, CancellationToken cancel)
    {
        var shipped = Worth(model, people, cancel);
        var order = Enumerable.Range(0, Plans.Length).OrderByDescending(i => shipped[i]).ToList();
        var (settings, flips) = (0, new SortedDictionary<string, (int Times, SortedSet<string> By, double Gap)>(StringComparer.Ordinal));
        foreach (var profile in profiles)
        {
            foreach (var point in profile.Plausible)
            {
                var moved = point.Refitted.Aggregate(model.With(profile.Name, point.Value), (m, p) => m.With(p.Key, p.Value));
                var worth = Worth(moved, people, cancel);
                settings++;
                for (var a = 0; a < order.Count; a++)
                {
                    for (var b = a + 1; b < order.Count; b++)
                    {
                        if (worth[order[a]] < worth[order[b]])
                        {
                            var pair = $"{Plans[order[a]]} over {Plans[order[b]]}";
                            var flip = flips.GetValueOrDefault(pair, (0, new SortedSet<string>(StringComparer.Ordinal), 0));
                            flip.By.Add(profile.Name);
                            flips[pair] = (flip.Times + 1, flip.By, Math.Max(flip.Gap, worth[order[b]] - worth[order[a]]));
                        }
                    }
                }
            }
        }

        return new RankingCheck([.. order.Select(i => Plans[i])], settings, [.. flips.Select(f => string.Create(
            CultureInfo.InvariantCulture,
            $"{f.Key}: turned round in {f.Value.Times} of {settings}, by up to {f.Value.Gap:0.0} points ({string.Join(", ", f.Value.By)})"))]);
    }

    private static double[] Worth(ModelParameters model, int people, CancellationToken cancel)
    {
        var weights = Utility.Of(model);
        return [.. Plans.Select(id =>
        {
            var deposits = PublishedTargets.Current.Protocol(id).Deposits;
            var result = PopulationStudy.Run(
                deposits, PublishedTargets.Affected, new PopulationWishes { People = people, StepDays = 7 }, model, cancel);
            return weights.Worth(
                100 * result.OverallImprovement, result.Of(SideEffectKind.Ptosis), result.Of(SideEffectKind.Diplopia),
                result.Of(SideEffectKind.LowerFaceWeakness), deposits.Sum(d => d.Units));
        })];
    }
}
