using Facialis.VirtualPatient.Arithmetic;
using Facialis.VirtualPatient.Faces;
using Facialis.VirtualPatient.Parameters;
using Facialis.VirtualPatient.People;

namespace Facialis.VirtualPatient.TimeCourse;

/// <summary>What the equations need of one person.</summary>
/// <param name="D50">This person's D50, U.</param>
/// <param name="Clock">This person's rise and fall.</param>
/// <param name="WidthFactor">This person's field over the usual.</param>
/// <param name="IpdMm">Size of the face, mm.</param>
internal readonly record struct PersonKinetics(double D50, ToxinClock Clock, double WidthFactor, double IpdMm)
{
    public static PersonKinetics Of(ModelParameters parameters, Frailty frailty, double ipdMm) => new(
        parameters.Kernel.D50 * PortableMath.Exp(parameters.Persons.D50Spread * frailty.Dose),
        new ToxinClock(
            parameters.Kernel.TauDays * PortableMath.Exp(parameters.Persons.TauSpread * frailty.Uptake),
            parameters.Kernel.HalfLifeDays * PortableMath.Exp(parameters.Persons.HalfLifeSpread * frailty.HalfLife)),
        PortableMath.Exp(parameters.Persons.SigmaSpread * frailty.Width),
        ipdMm);

    /// <summary>Where this person's structures lie, IPD.</summary>
    public static void OffTargets(ModelParameters parameters, Frailty frailty, double ipdMm, Span<double> lateral, Span<double> down)
    {
        var persons = parameters.Persons;
        var sd = persons.OffTargetShiftMm / ipdMm;
        for (var k = 0; k < lateral.Length; k++)
        {
            var at = persons.OffTargets[k];
            var shift = k < frailty.Shifts.Count ? frailty.Shifts[k] : default;
            lateral[k] = at.LateralIpd + (sd * shift.LateralIpd);
            down[k] = at.DownIpd + (sd * shift.DownIpd);
        }
    }
}
