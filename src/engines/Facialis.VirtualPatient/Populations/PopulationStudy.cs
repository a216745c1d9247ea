using Facialis.Anatomy;
using Facialis.VirtualPatient.Arithmetic;
using Facialis.VirtualPatient.Parameters;
using Facialis.VirtualPatient.SideEffects;
using Facialis.VirtualPatient.Spread;

namespace Facialis.VirtualPatient.Populations;

/// <summary>Gives one plan to many virtual people. The result is the same on any number of threads.</summary>
public static class PopulationStudy
{
    /// <summary>People whose sums are taken together; the sums of the groups are then added in their order.</summary>
    private const int GroupSize = 64;

    /// <summary>Treats a population.</summary>
    /// <param name="deposits">The plan, see <see cref="Courses.CourseTreatment.Of"/>.</param>
    /// <param name="affected">The side with the spasm, for all of them.</param>
    /// <param name="wishes">Who and how; 2,000 people over 16 weeks where null.</param>
    /// <param name="parameters">The model; the current one where null.</param>
    /// <param name="cancel">Stops the work between groups of people.</param>
    public static PopulationResult Run(
        IReadOnlyList<Deposit> deposits, Side affected, PopulationWishes? wishes = null, ModelParameters? parameters = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(deposits);
        wishes ??= new PopulationWishes();
        parameters ??= ModelParameters.Current;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(wishes.People);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(wishes.Weeks);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(wishes.StepDays);
        var days = Enumerable.Range(0, (wishes.Weeks * 7 / wishes.StepDays) + 1).Select(i => i * wishes.StepDays).ToArray();
        var groups = new Sums[(wishes.People + GroupSize - 1) / GroupSize];
        Parallel.For(
            0, groups.Length, new ParallelOptions { MaxDegreeOfParallelism = wishes.Threads ?? -1, CancellationToken = cancel },
            () => new CrowdWork(parameters, deposits, wishes.PlacementSdMm ?? parameters["placementSd"]),
            (group, _, work) =>
            {
                var sums = new Sums(days.Length);
                var improvement = new double[days.Length];
                Span<double> probabilities = stackalloc double[SideEffectChances.Kinds];
                for (var i = group * GroupSize; i < Math.Min(wishes.People, (group + 1) * GroupSize); i++)
                {
                    work.Treat(new CrowdPerson(parameters, wishes, i, work.Weights), affected, days, improvement, probabilities);
                    sums.Add(improvement, probabilities);
                }

                groups[group] = sums;
                return work;
            },
            _ => { });
        var all = new Sums(days.Length);
        foreach (var group in groups)
        {
            all.Add(group);
        }

        return all.Result(parameters, wishes, days);
    }

    private sealed class Sums(int looks)
    {
        private readonly double[] _improvement = new double[looks];
        private readonly double[] _squares = new double[looks];
        private readonly double[] _sideEffects = new double[SideEffectChances.Kinds];
        private int _responders;

        public void Add(ReadOnlySpan<double> improvement, ReadOnlySpan<double> probabilities)
        {
            PortableVectors.AddMultiple(improvement, 1, _improvement);
            PortableVectors.AddSquares(improvement, _squares);
            _responders += improvement.ContainsAnyInRange(0.5, double.MaxValue) ? 1 : 0;
            for (var k = 0; k < _sideEffects.Length; k++)
            {
                _sideEffects[k] += probabilities[k];
            }
        }

        public void Add(Sums other)
        {
            for (var i = 0; i < _improvement.Length; i++)
            {
                _improvement[i] += other._improvement[i];
                _squares[i] += other._squares[i];
            }

            for (var k = 0; k < _sideEffects.Length; k++)
            {
                _sideEffects[k] += other._sideEffects[k];
            }

            _responders += other._responders;
        }

        public PopulationResult Result(ModelParameters parameters, PopulationWishes wishes, int[] days)
        {
            var n = (double)wishes.People;
            var mean = _improvement.Select(s => s / n).ToArray();
            return new PopulationResult
            {
                ModelStamp = parameters.Stamp,
                Seed = wishes.Seed,
                People = wishes.People,
                Days = days,
                MeanImprovement = mean,
                SdImprovement = [.. _squares.Select((s, i) => Math.Sqrt(Math.Max(0, (s / n) - (mean[i] * mean[i]))))],
                ResponderShare = _responders / n,
                SideEffects = [.. _sideEffects.Select(s => s / n)],
                // By trapezoids: the first and the last look count half.
                OverallImprovement = (mean.Sum() - ((mean[0] + mean[^1]) / 2)) / (mean.Length - 1),
            };
        }
    }
}
