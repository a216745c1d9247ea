using Facialis.Anatomy;
using Facialis.VirtualPatient.Arithmetic;
using Facialis.VirtualPatient.Chance;
using Facialis.VirtualPatient.Faces;
using Facialis.VirtualPatient.Parameters;
using Facialis.VirtualPatient.SideEffects;
using Facialis.VirtualPatient.Spread;
using Facialis.VirtualPatient.TimeCourse;

namespace Facialis.VirtualPatient.Populations;

/// <summary>Work space of one worker: treats one person after the other without asking for memory.</summary>
internal sealed class CrowdWork
{
    private readonly ModelParameters _parameters;
    private readonly KernelConstants _kernel;
    private readonly SideEffectChances _chances;
    private readonly Deposit[] _deposits;
    private readonly Deposit[] _placed;
    private readonly double[] _exposure;
    private readonly double[] _powers;
    private readonly double[] _force;
    private readonly double[] _behindLateral;
    private readonly double[] _behindDown;
    private readonly double[] _behind;
    private readonly int _structures;
    private readonly double[] _other = new double[SideEffectChances.Kinds];
    private readonly double _placementSd;

    public CrowdWork(ModelParameters parameters, IReadOnlyList<Deposit> deposits, double placementSdMm)
    {
        (_parameters, _kernel, _placementSd) = (parameters, parameters.Kernel, placementSdMm);
        _chances = new SideEffectChances(parameters);
        (_deposits, _placed) = ([.. deposits], [.. deposits]);
        var geometry = parameters.Geometry;
        (_exposure, _powers) = (new double[geometry.EndplateLateral.Length], new double[geometry.EndplateLateral.Length]);
        _force = new double[geometry.Muscles.Count];
        Weights = new double[geometry.Muscles.Count];
        // A whole vector of places; what lies beyond the structures is not looked at.
        var places = Math.Max(PortableVectors.Lanes, _structures = geometry.OffTargets.Count);
        (_behindLateral, _behindDown, _behind) = (new double[places], new double[places], new double[places]);
    }

    /// <summary>Room for the weights of the person who is treated.</summary>
    public double[] Weights { get; }

    /// <summary>Treats a person.</summary>
    /// <param name="person">The person.</param>
    /// <param name="affected">The side that has the spasm.</param>
    /// <param name="days">Days of the looks.</param>
    /// <param name="improvement">Filled with the improvement at each look.</param>
    /// <param name="probabilities">Filled with the probability of each side effect, on either side.</param>
    public void Treat(in CrowdPerson person, Side affected, ReadOnlySpan<int> days, Span<double> improvement, Span<double> probabilities)
    {
        Place(person);
        Expose(person, affected);
        Span<double> clock = stackalloc double[days.Length];
        for (var i = 0; i < days.Length; i++)
        {
            clock[i] = days[i];
        }

        BlockCurve.DaysToPowers(_kernel, person.Kinetics.Clock, clock);
        VisibleSpasm.Severities(_kernel, _powers, clock, person.Weights, improvement, JudgedClock(person), _force);
        for (var i = 0; i < days.Length; i++)
        {
            improvement[i] = 1 - improvement[i];
        }

        Judge(person, affected, probabilities);
        if (Array.Exists(_deposits, d => d.Side != affected))
        {
            Expose(person, affected.Opposite());
            BlockCurve.ResidualForce(_kernel, _powers, JudgedClock(person), _force);
            Judge(person, affected.Opposite(), _other);
            for (var k = 0; k < _other.Length; k++)
            {
                probabilities[k] = 1 - ((1 - probabilities[k]) * (1 - _other[k]));
            }
        }
    }

    private void Place(in CrowdPerson person)
    {
        var draws = Draws.Of(person.Seed, ChancePurpose.Placement);
        var sd = _placementSd / person.IpdMm;
        for (var s = 0; s < _deposits.Length; s++)
        {
            var at = _deposits[s].Position;
            _placed[s] = _deposits[s] with
            {
                Position = new FacePosition(at.LateralIpd + (sd * draws.Normal()), at.DownIpd + (sd * draws.Normal())),
            };
        }
    }

    private void Expose(in CrowdPerson person, Side side)
    {
        var (geometry, kinetics) = (_parameters.Geometry, person.Kinetics);
        SpreadField.Expose(
            _kernel, _placed, side, geometry.EndplateLateral, geometry.EndplateDown, kinetics.IpdMm, kinetics.WidthFactor, behindTarsus: false, _exposure);
        BlockCurve.Powers(_kernel, _exposure, kinetics.D50, _powers);
        PersonKinetics.OffTargets(_parameters, person.Frailty, person.IpdMm, _behindLateral.AsSpan(0, _structures), _behindDown);
        SpreadField.Expose(
            _kernel, _placed, side, _behindLateral, _behindDown, kinetics.IpdMm, kinetics.WidthFactor, behindTarsus: true, _behind);
    }

    private double JudgedClock(in CrowdPerson person) => BlockCurve.PowerOf(_kernel, person.Kinetics.Clock.LevelAt(SideEffectDraw.JudgedDay));

    // From the forces of the day on which side effects are judged.
    private void Judge(in CrowdPerson person, Side side, Span<double> probabilities)
    {
        var points = 0;
        foreach (var deposit in _deposits)
        {
            points += deposit.Side == side ? 1 : 0;
        }

        _chances.Fill(_behind, person.Kinetics.D50, _force, points, person.Frailty.SideEffects, probabilities);
    }
}
