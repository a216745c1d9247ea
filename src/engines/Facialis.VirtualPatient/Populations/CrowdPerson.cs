using Facialis.VirtualPatient.Chance;
using Facialis.VirtualPatient.Parameters;
using Facialis.VirtualPatient.People;
using Facialis.VirtualPatient.TimeCourse;

namespace Facialis.VirtualPatient.Populations;

/// <summary>One of a population: as much of a person as the equations need.</summary>
internal readonly struct CrowdPerson
{
    public CrowdPerson(ModelParameters parameters, PopulationWishes wishes, int index)
    {
        // The seed of a person of a crowd is mixed, so that crowds of neighbouring seeds have nobody in common.
        Seed = Draws.Of(wishes.Seed, ChancePurpose.Person, (ulong)index).Bits();
        var spasm = wishes.Like?.Spasm ?? PersonMaker.Habit(Seed, parameters);
        IpdMm = wishes.Like?.Look.IpdMm ?? PersonMaker.IpdOf(Seed);
        Frailty = PersonMaker.FrailtyOf(Seed, parameters.Geometry.OffTargets.Count);
        Kinetics = PersonKinetics.Of(parameters, Frailty, IpdMm);
        Weights = new double[spasm.Weights.Count];
        var sum = 0.0;
        for (var m = 0; m < Weights.Length; m++)
        {
            Weights[m] = spasm.Weights[m] * spasm.Gains[m];
            sum += Weights[m];
        }

        for (var m = 0; m < Weights.Length; m++)
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
