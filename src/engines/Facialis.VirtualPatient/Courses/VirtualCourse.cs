using Facialis.Anatomy;
using Facialis.VirtualPatient.Arithmetic;
using Facialis.VirtualPatient.Parameters;
using Facialis.VirtualPatient.People;
using Facialis.VirtualPatient.SideEffects;
using Facialis.VirtualPatient.TimeCourse;

namespace Facialis.VirtualPatient.Courses;

/// <summary>What becomes of a virtual person after treatments: any day can be asked for, in any order. A model for teaching, not dose advice.</summary>
public sealed class VirtualCourse
{
    private readonly TreatedHalf[] _own;
    private readonly TreatedHalf[] _other;
    private readonly PersonKinetics _kinetics;
    private readonly double[] _weights;
    private readonly double _untreated;

    private VirtualCourse(VirtualPerson person, CourseTreatment[] treatments, ModelParameters parameters)
    {
        (Person, Treatments, Parameters) = (person, treatments, parameters);
        _kinetics = PersonKinetics.Of(parameters, person.Frailty, person.Look.IpdMm);
        _weights = [.. person.Spasm.Weights.Zip(person.Spasm.Gains, (w, g) => w * g)];
        _untreated = person.Spasm.UntreatedSeverity;
        var structures = parameters.Geometry.OffTargets.Count;
        var (lateral, down) = (new double[structures], new double[structures]);
        PersonKinetics.OffTargets(parameters, person.Frailty, person.Look.IpdMm, lateral, down);
        TreatedHalf Half(CourseTreatment treatment, Side side) => new(parameters, _kinetics, treatment.Deposits.ToArray(), side, lateral, down);
        _own = [.. treatments.Select(t => Half(t, person.Side))];
        _other = [.. treatments.Select(t => Half(t, person.Side.Opposite()))];
        SideEffects = [.. treatments.SelectMany((_, cycle) => SideEffectDraw.Of(this, cycle))];
    }

    /// <summary>The person.</summary>
    public VirtualPerson Person { get; }

    /// <summary>The treatments in the order of their days.</summary>
    public IReadOnlyList<CourseTreatment> Treatments { get; }

    /// <summary>The model.</summary>
    public ModelParameters Parameters { get; }

    /// <summary>What went wrong over the whole course, with dates.</summary>
    public IReadOnlyList<SideEffect> SideEffects { get; }

    internal PersonKinetics Kinetics => _kinetics;

    /// <summary>Follows a person.</summary>
    /// <param name="person">The person.</param>
    /// <param name="treatments">Treatments in any order; none for an untreated course.</param>
    /// <param name="parameters">The model; the current one where null.</param>
    public static VirtualCourse Of(VirtualPerson person, IEnumerable<CourseTreatment> treatments, ModelParameters? parameters = null)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(treatments);
        return new VirtualCourse(person, [.. treatments.OrderBy(t => t.Day)], parameters ?? ModelParameters.Current);
    }

    /// <summary>Residual force of every muscle of one half of the face.</summary>
    /// <param name="side">The patient's own side.</param>
    /// <param name="day">Days since the case began.</param>
    /// <param name="force">Filled with forces of 0 to 1 in the order of the model's muscles.</param>
    public void ResidualForce(Side side, double day, Span<double> force)
    {
        var halves = side == Person.Side ? _own : _other;
        var active = 0;
        var last = -1;
        for (var i = 0; i < halves.Length; i++)
        {
            if (day > Treatments[i].Day)
            {
                active++;
                last = i;
            }
        }

        force.Fill(1);
        if (active == 0)
        {
            return;
        }

        var kernel = Parameters.Kernel;
        if (active == 1)
        {
            var clock = BlockCurve.PowerOf(kernel, _kinetics.Clock.LevelAt(day - Treatments[last].Day));
            BlockCurve.ResidualForce(kernel, halves[last].Powers, clock, force);
            return;
        }

        // Levels of several treatments add up within the nerve ending; the block is that of the sum.
        Span<double> levels = stackalloc double[halves[last].Exposure.Length];
        levels.Clear();
        for (var i = 0; i <= last; i++)
        {
            var level = _kinetics.Clock.LevelAt(day - Treatments[i].Day);
            PortableVectors.AddMultiple(halves[i].Exposure, level, levels);
        }

        BlockCurve.Powers(kernel, levels, _kinetics.D50, levels);
        BlockCurve.ResidualForce(kernel, levels, 1, force);
    }

    /// <summary>Visible spasm over that before treatment: 1 untreated, 0 none.</summary>
    /// <param name="day">Days since the case began.</param>
    public double SeverityAt(double day)
    {
        Span<double> force = stackalloc double[_weights.Length];
        ResidualForce(Person.Side, day, force);
        // Untreated it is 1 to the last bit, whatever the order of the sums.
        return Math.Min(1, VisibleSpasm.Severity(Parameters.Kernel, force, _weights) / _untreated);
    }

    /// <summary>Improvement, 1 minus the severity.</summary>
    /// <param name="day">Days since the case began.</param>
    public double ImprovementAt(double day) => 1 - SeverityAt(day);

    /// <summary>Every muscle of one half on a day.</summary>
    /// <param name="side">The patient's own side.</param>
    /// <param name="day">Days since the case began.</param>
    public IReadOnlyList<MuscleState> MusclesAt(Side side, double day)
    {
        var kernel = Parameters.Kernel;
        var muscles = Parameters.Geometry.Muscles;
        var force = new double[muscles.Count];
        ResidualForce(side, day, force);
        return
        [
            .. force.Select((r, m) => new MuscleState(
                muscles[m].Id, 1 - r, r, VisibleSpasm.VoluntaryStrength(kernel, r), VisibleSpasm.ShareAt(kernel, r))),
        ];
    }

    /// <summary>The person on a day.</summary>
    /// <param name="day">Days since the case began.</param>
    public CourseDay At(double day) => new(
        day, SeverityAt(day), MusclesAt(Person.Side, day), MusclesAt(Person.Side.Opposite(), day),
        [.. SideEffects.Where(e => e.IsThere(day))], Parameters.Stamp);

    /// <summary>What the person wrote down, day by day.</summary>
    /// <param name="fromDay">First day.</param>
    /// <param name="toDay">Last day; not before the first.</param>
    public IReadOnlyList<DiaryDay> Diary(int fromDay, int toDay) => DiaryWriter.Write(this, fromDay, toDay);

    /// <summary>The same course of the mirrored person.</summary>
    public VirtualCourse Mirrored() => Of(Person.Mirrored(), Treatments.Select(t => t.Mirrored()), Parameters);

    internal TreatedHalf Half(int cycle, Side side) => side == Person.Side ? _own[cycle] : _other[cycle];
}
