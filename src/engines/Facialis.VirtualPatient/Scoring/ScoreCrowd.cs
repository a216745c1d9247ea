using Facialis.Anatomy;
using Facialis.VirtualPatient.Arithmetic;
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

    /// <summary>Structures behind the muscles: levator, inferior oblique, lateral rectus.</summary>
    public const int Structures = 3;

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

    /// <summary>Nerve endings of a person.</summary>
    public int Endplates => _endplates;

    private double[] PlanClockDay { get; }

    /// <summary>What one unit at a needle gives to a person's nerve endings.</summary>
    public ReadOnlySpan<double> UnitExposure(int person, int needle) => _unitExposure[person].AsSpan(needle * _endplates, _endplates);

    /// <summary>What it gives to the structures behind the muscles.</summary>
    public ReadOnlySpan<double> UnitBehind(int person, int needle) => _unitBehind[person].AsSpan(needle * Structures, Structures);

    /// <summary>What a plan is worth to each person.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="utility">Weights.</param>
    /// <param name="worth">Filled with each person's utility, points.</param>
    /// <returns>Means of benefit (points) and of the probabilities of ptosis, diplopia and a weak mouth.</returns>
    public (double Benefit, double Ptosis, double Diplopia, double Mouth) Judge(GivenPlan plan, Utility utility, Span<double> worth)
    {
        Span<double> powers = stackalloc double[_endplates];
        Span<double> force = stackalloc double[_parameters.Geometry.Muscles.Count];
        Span<double> probabilities = stackalloc double[SideEffectChances.Kinds];
        var (benefits, ptosis, diplopia, mouth) = (0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < _people.Length; i++)
        {
            BlockCurve.Powers(_parameters.Kernel, plan.Exposure(i), _people[i].Kinetics.D50, powers);
            var value = Worth(i, powers, plan.Behind(i), plan.Total, utility, force, probabilities, out var benefit);
            // Nothing given is worth nothing: no improvement and no harm.
            worth[i] = plan.Total == 0 ? 0 : value;
            benefits += benefit;
            ptosis += probabilities[(int)SideEffectKind.Ptosis];
            diplopia += probabilities[(int)SideEffectKind.Diplopia];
            mouth += probabilities[(int)SideEffectKind.LowerFaceWeakness];
        }

        return (benefits / _people.Length, ptosis / _people.Length, diplopia / _people.Length, mouth / _people.Length);
    }

    /// <summary>What a plan would be worth with other doses of one needle.</summary>
    /// <remarks>Person by person, so that what is read of a person is read once for all the doses.</remarks>
    /// <param name="plan">The plan.</param>
    /// <param name="needle">The needle.</param>
    /// <param name="doses">Its doses, U.</param>
    /// <param name="utility">Weights.</param>
    /// <param name="sums">Filled with the sum of utilities for each dose, points.</param>
    public void JudgeDoses(GivenPlan plan, int needle, ReadOnlySpan<double> doses, Utility utility, Span<double> sums)
    {
        Span<double> powers = stackalloc double[_endplates];
        Span<double> behind = stackalloc double[Structures];
        Span<double> force = stackalloc double[_parameters.Geometry.Muscles.Count];
        Span<double> probabilities = stackalloc double[SideEffectChances.Kinds];
        sums.Clear();
        for (var i = 0; i < _people.Length; i++)
        {
            for (var k = 0; k < doses.Length; k++)
            {
                var more = doses[k] - plan[needle];
                if (plan.Total + more == 0)
                {
                    continue;
                }

                plan.Exposure(i).CopyTo(powers);
                plan.Behind(i).CopyTo(behind);
                PortableVectors.AddMultiple(UnitExposure(i, needle), more, powers);
                PortableVectors.AddMultiple(UnitBehind(i, needle), more, behind);
                BlockCurve.Powers(_parameters.Kernel, powers, _people[i].Kinetics.D50, powers);
                sums[k] += Worth(i, powers, behind, plan.Total + more, utility, force, probabilities, out _);
            }
        }
    }

    private double Worth(
        int i, ReadOnlySpan<double> powers, ReadOnlySpan<double> behind, double units, Utility utility, Span<double> force, Span<double> probabilities,
        out double benefit)
    {
        benefit = Benefit(i, powers, force);
        _chances.FillScored(behind, _people[i].Kinetics.D50, force, _people[i].Frailty.SideEffects, probabilities);
        return utility.Worth(
            benefit, probabilities[(int)SideEffectKind.Ptosis], probabilities[(int)SideEffectKind.Diplopia],
            probabilities[(int)SideEffectKind.LowerFaceWeakness], units);
    }

    private void Prepare(int i, IReadOnlyList<Deposit> needles, Side affected, double sdMm, int weeks)
    {
        var (kernel, geometry) = (_parameters.Kernel, _parameters.Geometry);
        ref readonly var person = ref _people[i];
        var (exposure, behind) = (new double[_needles * _endplates], new double[_needles * Structures]);
        double[] lateral = new double[Structures], down = new double[Structures];
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
                exposure.AsSpan(s * _endplates, _endplates));
            SpreadField.Expose(
                kernel, placed, affected, lateral, down, kinetics.IpdMm, kinetics.WidthFactor, behindTarsus: true, behind.AsSpan(s * Structures, Structures));
        }

        (_unitExposure[i], _unitBehind[i]) = (exposure, behind);
        var clock = person.Kinetics.Clock;
        _clocks[i] = [.. Enumerable.Range(0, weeks + 1).Select(week => BlockCurve.PowerOf(kernel, clock.LevelAt(week * StepDays)))];
    }

    // Fills the forces of the day on which side effects are judged, too.
    private double Benefit(int i, ReadOnlySpan<double> powers, Span<double> force)
    {
        var clocks = _clocks[i].AsSpan(1);
        Span<double> severity = stackalloc double[clocks.Length];
        VisibleSpasm.Severities(_parameters.Kernel, powers, clocks, _people[i].Weights, severity, PlanClockDay[i], force);
        // By trapezoids: nothing is improved on the first day, and the last look counts half.
        var sum = (severity[^1] - 1) / 2;
        foreach (var one in severity)
        {
            sum += 1 - one;
        }

        return 100 * sum / clocks.Length;
    }
}
