using Facialis.Anatomy;
using Facialis.VirtualPatient.Parameters;
using Facialis.VirtualPatient.Populations;
using Facialis.VirtualPatient.SideEffects;

namespace Facialis.VirtualPatient.Calibration;

/// <summary>A study's plan given to the model's people: all that rows ask about it.</summary>
internal sealed class StudyRun
{
    private const double AsymmetryDay = 28;

    private readonly ModelParameters _parameters;
    private readonly StudyProtocol _protocol;
    private readonly CalibrationCrowd _crowd;
    private readonly double[][] _sideEffects;

    public StudyRun(ModelParameters parameters, StudyProtocol protocol, int people)
    {
        (_parameters, _protocol) = (parameters, protocol);
        _crowd = new CalibrationCrowd(parameters, protocol.Deposits, PublishedTargets.Affected, people);
        Course = _crowd.Follow(parameters);
        _sideEffects = new double[people][];
        var wishes = new PopulationWishes { People = people };
        var work = new CrowdWork(parameters, protocol.Deposits, parameters["placementSd"]);
        for (var i = 0; i < people; i++)
        {
            _sideEffects[i] = new double[SideEffectChances.Kinds];
            work.Treat(new CrowdPerson(parameters, wishes, i), PublishedTargets.Affected, [], [], _sideEffects[i]);
        }
    }

    /// <summary>The course.</summary>
    public CourseFigures Course { get; }

    /// <summary>The model's answer to a row.</summary>
    public double Of(TargetRow row) => row.Measure switch
    {
        Measure.Asymmetry => Asymmetry(),
        var measure when CourseFigures.Answers(measure) => Course.Of(row),
        var measure => Probabilities(measure).Average(),
    };

    /// <summary>Every person's probability of what a row counts; null where it counts nothing.</summary>
    public IReadOnlyList<double>? Chances(TargetRow row) =>
        row.Measure == Measure.Above80 ? [Course.Of(row)] : CourseFigures.Answers(row.Measure) || row.Measure == Measure.Asymmetry ? null : [.. Probabilities(row.Measure)];

    private IEnumerable<double> Probabilities(Measure measure)
    {
        var kind = (int)(measure switch
        {
            Measure.Ptosis => SideEffectKind.Ptosis,
            Measure.Diplopia => SideEffectKind.Diplopia,
            Measure.LowerFaceWeakness => SideEffectKind.LowerFaceWeakness,
            Measure.BrowAsymmetry => SideEffectKind.BrowAsymmetry,
            Measure.Bruise => SideEffectKind.Bruise,
            _ => throw new ArgumentOutOfRangeException(nameof(measure), measure, "Not a side effect."),
        });
        return _sideEffects.Select(s => s[kind]);
    }

    private double Asymmetry()
    {
        var other = new CalibrationCrowd(_parameters, _protocol.Deposits, PublishedTargets.Affected.Opposite(), _crowd.People);
        var muscles = _parameters.Geometry.Muscles;
        var (own, healthy) = (new double[muscles.Count], new double[muscles.Count]);
        var (difference, whole) = (0.0, muscles.Sum(m => m.ExcursionMm));
        for (var i = 0; i < _crowd.People; i++)
        {
            _crowd.Strength(_parameters, i, AsymmetryDay, own);
            other.Strength(_parameters, i, AsymmetryDay, healthy);
            difference += muscles.Select((m, k) => m.ExcursionMm * Math.Abs(own[k] - healthy[k])).Sum() / whole;
        }

        return difference / _crowd.People;
    }
}
