using Facialis.Anatomy;
using Facialis.VirtualPatient.Chance;
using Facialis.VirtualPatient.Faces;
using Facialis.VirtualPatient.Parameters;
using Facialis.VirtualPatient.Populations;
using Facialis.VirtualPatient.SideEffects;
using Facialis.VirtualPatient.Spread;
using Facialis.VirtualPatient.TimeCourse;

namespace Facialis.VirtualPatient.Scoring;

/// <summary>The people on whom plans are compared, with the exposure that one unit at each needle gives each of them: worked out once.</summary>
/// <remarks>Exposure is linear in units, so that another dose at the same needle costs no exponential.</remarks>
internal sealed class ScoreCrowd
{
    public const int StepDays = 7;

    private readonly ModelParameters _parameters;
    private readonly SideEffectChances _chances;
    private readonly CrowdPerson[] _people;
    private readonly double[][] _unitExposure;
    private readonly double[][] _unitBehind;
    private readonly double[][] _clocks;
    private readonly int _endplates;
    private readonly int _needles;

    /// <summary>Prepares the people for needles at fixed places.</summary>
    /// <param name="parameters">The model.</param>
    /// <param name="wishes">Who.</param>
    /// <param name="needles">The needles, their units ignored.</param>
    /// <param name="affected">The side with the spasm.</param>
    public ScoreCrowd(ModelParameters parameters, PopulationWishes wishes, IReadOnlyList<Deposit> needles, Side affected)
    {
        _parameters = parameters;
        _chances = new SideEffectChances(parameters);
        _people = [.. Enumerable.Range(0, wishes.People).Select(i => new CrowdPerson(parameters, wishes, i))];
        _endplates = parameters.Geometry.EndplateLateral.Length;
        _needles = needles.Count;
        _unitExposure = new double[_people.Length][];
        _unitBehind = new double[_people.Length][];
        _clocks = new double[_people.Length][];
        var sd = wishes.PlacementSdMm ?? parameters["placementSd"];
        Parallel.For(0, _people.Length, new ParallelOptions { MaxDegreeOfParallelism = wishes.Threads ?? -1 }, i => Prepare(i, needles, affected, sd, wishes.Weeks));
        PlanClockDay = new double[_people.Length];
        for (var i = 0; i < _people.Length; i++)
        {
            PlanClockDay[i] = BlockCurve.PowerOf(parameters.Kernel, _people[i].Kinetics.Clock.LevelAt(SideEffectDraw.JudgedDay));
        }
    }

    /// <summary>Number of people.</summary>
    public int People => _people.Length;

    private double[] PlanClockDay { get; }

    /// <summary>What a plan is worth to each person.</summary>
    /// <param name="units">Units at each needle.</param>
    /// <param name="utility">Weights.</param>
    /// <param name="worth">Filled with each person's utility, points.</param>
    /// <returns>Means of benefit (points) and of the probabilities of ptosis, diplopia and a weak mouth.</returns>
    public (double Benefit, double Ptosis, double Diplopia, double Mouth) Judge(ReadOnlySpan<double> units, Utility utility, Span<double> worth)
    {
        Span<double> powers = stackalloc double[_endplates];
        Span<double> behind = stackalloc double[3];
        Span<double> force = stackalloc double[_parameters.Geometry.Muscles.Count];
        Span<double> probabilities = stackalloc double[SideEffectChances.Kinds];
        var (total, points) = (0.0, 0);
        foreach (var dose in units)
        {
            total += dose;
            points += dose > 0 ? 1 : 0;
        }

        var (benefits, ptosis, diplopia, mouth) = (0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < _people.Length; i++)
        {
            Mix(i, units, powers, behind);
            var benefit = Benefit(i, powers, force);
            ForceAt(powers, PlanClockDay[i], force);
            _chances.Fill(behind, _people[i].Kinetics.D50, force, points, _people[i].Frailty.SideEffects, probabilities);
            worth[i] = points == 0
                ? 0
                : benefit - (utility.Ptosis * probabilities[(int)SideEffectKind.Ptosis]) - (utility.Diplopia * probabilities[(int)SideEffectKind.Diplopia])
                    - (utility.Mouth * probabilities[(int)SideEffectKind.LowerFaceWeakness]) - (utility.Unit * total);
            benefits += benefit;
            ptosis += probabilities[(int)SideEffectKind.Ptosis];
            diplopia += probabilities[(int)SideEffectKind.Diplopia];
            mouth += probabilities[(int)SideEffectKind.LowerFaceWeakness];
        }

        return (benefits / _people.Length, ptosis / _people.Length, diplopia / _people.Length, mouth / _people.Length);
    }

    private void Prepare(int i, IReadOnlyList<Deposit> needles, Side affected, double sdMm, int weeks)
    {
        var (kernel, geometry) = (_parameters.Kernel, _parameters.Geometry);
        ref readonly var person = ref _people[i];
        var (exposure, behind) = (new double[_needles * _endplates], new double[_needles * 3]);
        double[] lateral = new double[3], down = new double[3], scratch = new double[_endplates];
        PersonKinetics.OffTargets(_parameters, person.Frailty, person.IpdMm, lateral, down);
        var sd = sdMm / person.IpdMm;
        for (var s = 0; s < _needles; s++)
        {
            // A needle errs alike wherever it stands in the list: its draws are its own.
            var draws = Draws.Of(person.Seed, ChancePurpose.Placement, (ulong)s);
            var at = needles[s].Position;
            Deposit[] placed = [needles[s] with { Units = 1, Position = new FacePosition(at.LateralIpd + (sd * draws.Normal()), at.DownIpd + (sd * draws.Normal())) }];
            var kinetics = person.Kinetics;
            SpreadField.Expose(
                kernel, placed, affected, geometry.EndplateLateral, geometry.EndplateDown, kinetics.IpdMm, kinetics.WidthFactor, behindTarsus: false,
                exposure.AsSpan(s * _endplates, _endplates), scratch);
            SpreadField.Expose(
                kernel, placed, affected, lateral, down, kinetics.IpdMm, kinetics.WidthFactor, behindTarsus: true, behind.AsSpan(s * 3, 3), scratch);
        }

        (_unitExposure[i], _unitBehind[i]) = (exposure, behind);
        var clock = person.Kinetics.Clock;
        _clocks[i] = [.. Enumerable.Range(0, weeks + 1).Select(week => BlockCurve.PowerOf(kernel, clock.LevelAt(week * StepDays)))];
    }

    private void Mix(int i, ReadOnlySpan<double> units, Span<double> powers, Span<double> behind)
    {
        powers.Clear();
        behind.Clear();
        for (var s = 0; s < units.Length; s++)
        {
            if (units[s] == 0)
            {
                continue;
            }

            System.Numerics.Tensors.TensorPrimitives.MultiplyAdd(_unitExposure[i].AsSpan(s * _endplates, _endplates), units[s], powers, powers);
            for (var k = 0; k < behind.Length; k++)
            {
                behind[k] += units[s] * _unitBehind[i][(3 * s) + k];
            }
        }

        BlockCurve.Powers(_parameters.Kernel, powers, _people[i].Kinetics.D50, powers);
    }

    private double Benefit(int i, ReadOnlySpan<double> powers, Span<double> force)
    {
        var sum = 0.0;
        var clocks = _clocks[i];
        for (var week = 1; week < clocks.Length; week++)
        {
            ForceAt(powers, clocks[week], force);
            var improvement = 1 - VisibleSpasm.Severity(_parameters.Kernel, force, _people[i].Weights);
            sum += week == clocks.Length - 1 ? improvement / 2 : improvement;
        }

        return 100 * sum / (clocks.Length - 1);
    }

    private void ForceAt(ReadOnlySpan<double> powers, double clock, Span<double> force)
    {
        var per = _parameters.Geometry.EndplatesPerMuscle;
        for (var m = 0; m < force.Length; m++)
        {
            force[m] = 1 - BlockCurve.MeanBlock(_parameters.Kernel, powers.Slice(m * per, per), clock);
        }
    }
}
