using Facialis.VirtualPatient.Arithmetic;
using Facialis.VirtualPatient.Parameters;
using Facialis.VirtualPatient.Scoring;
using Facialis.VirtualPatient.TimeCourse;

namespace Facialis.Claims.PatientSpeed;

/// <summary>The exponentials, logarithms and force kernels of a piece of work and nothing else: what no arrangement of the same arithmetic can beat.</summary>
internal sealed class ArithmeticLimit
{
    private const int ScoreForces = PatientWork.Weeks + 1;
    private static readonly ModelParameters Model = ModelParameters.Current;
    private readonly double[] _given;
    private readonly double[] _values;
    private readonly double[] _force = new double[Model.Geometry.Muscles.Count];
    private readonly double[] _clock = [.. Enumerable.Repeat(0.5, (7 * PatientWork.Weeks) + 2)];
    private readonly double[] _severity = new double[(7 * PatientWork.Weeks) + 2];
    private readonly double[] _weights = [.. Model.Geometry.Muscles.Select(m => m.Weight)];
    private readonly KernelConstants _kernel = Model.Kernel;

    public ArithmeticLimit()
    {
        // Levels as nerve endings near a needle have them.
        _given = [.. Enumerable.Range(0, Model.Geometry.EndplateLateral.Length).Select(i => 0.02 * (i + 1))];
        _values = new double[_given.Length];
    }

    /// <summary>A population: a field for each needle, powers, and forces of each day and of the day that side effects are judged on.</summary>
    public void Population()
    {
        for (var i = 0; i < PatientWork.People; i++)
        {
            Fields(PatientWork.Plan.Count);
            Plan((7 * PatientWork.Weeks) + 2);
        }
    }

    /// <summary>A score: a field for each person and site, and powers and forces for each plan that the search looked at.</summary>
    public void Score(PlanScorer scorer, int sites)
    {
        for (var i = 0; i < PatientWork.Scored.People; i++)
        {
            Fields(sites + PatientWork.Plan.Count);
            // The best plan and the one asked about are looked at once more.
            for (var plan = 0; plan < scorer.Evaluations + 2; plan++)
            {
                Plan(ScoreForces);
            }
        }
    }

    private void Fields(int needles)
    {
        for (var s = 0; s < needles; s++)
        {
            _given.CopyTo(_values, 0);
            PortableVectors.Exp(_values);
        }
    }

    private void Plan(int forces)
    {
        BlockCurve.Powers(_kernel, _given, _kernel.D50, _values);
        VisibleSpasm.Severities(_kernel, _values, _clock.AsSpan(0, forces - 1), _weights, _severity.AsSpan(0, forces - 1), 0.5, _force);
    }
}
