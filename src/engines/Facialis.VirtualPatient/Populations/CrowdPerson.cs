using Facialis.VirtualPatient.Chance;
using Facialis.VirtualPatient.Parameters;
using Facialis.VirtualPatient.People;
using Facialis.VirtualPatient.TimeCourse;

namespace Facialis.VirtualPatient.Populations;

/// <summary>One of a population: as much of a person as the equations need.</summary>
internal readonly struct CrowdPerson
{
    /// <summary>Makes one of them.</summary>
    /// <param name="parameters">The model.</param>
    /// <param name="wishes">Who.</param>
    /// <param name="index">Place in the population.</param>
    /// <param name="weights">Where <see cref="Weights"/> is kept; a new array where null.</param>
    public CrowdPerson(ModelParameters parameters, PopulationWishes wishes, int index, double[]? weights = null)
    {
        // The seed of a person of a crowd is mixed, so that crowds of neighbouring seeds have nobody in common.
        Seed = Draws.Of(wishes.Seed, ChancePurpose.Person, (ulong)index).Bits();
        IpdMm = wishes.Like?.Look.IpdMm ?? PersonMaker.IpdOf(Seed);
        Frailty = PersonMaker.FrailtyOf(Seed, parameters.Geometry.OffTargets.Count);
        Kinetics = PersonKinetics.Of(parameters, Frailty, IpdMm);
        Weights = weights ?? new double[parameters.Geometry.Muscles.Count];
        Span<double> gains = stackalloc double[Weights.Length];
        if (wishes.Like is { } like)
        {
            for (var m = 0; m < gains.Length; m++)
            {
                (Weights[m], gains[m]) = (like.Spasm.Weights[m], like.Spasm.Gains[m]);
            }
        }
        else
        {
            PersonMaker.Muscles(Seed, parameters.Persons, Weights, gains);
        }

        var sum = 0.0;
        for (var m = 0; m < gains.Length; m++)
        {
            Weights[m] *= gains[m];
            sum += Weights[m];
        }

        for (var m = 0; m < gains.Length; m++)
        {
            Weights[m] /= sum;
        }
    }

    public ulong Seed { get; }

    public double IpdMm { get; }

    public Frailty Frailty { get; }

    public PersonKinetics Kinetics { get; }

    /// <summary>Weight times gain of each muscle, adding up to 1.</summary>
    public double[] Weights { get; }
}
