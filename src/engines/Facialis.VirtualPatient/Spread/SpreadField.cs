using Facialis.Anatomy;
using Facialis.VirtualPatient.Arithmetic;
using Facialis.VirtualPatient.Parameters;

namespace Facialis.VirtualPatient.Spread;

/// <summary>How toxin spreads in the plane of the skin: a Gaussian field around each deposit, wider and lower with more volume.</summary>
/// <remarks>
/// Width: sigma^2 = sigma0^2 + sigmaVolume^2 (mL/0.1)^(2/3). Exposure: sum over deposits of U (reference/sigma^2) exp(-d^2/2 sigma^2), where
/// reference is the sigma^2 of 0.1 mL; so the whole of a field, integrated over the plane, depends on the units alone.
/// </remarks>
public static class SpreadField
{
    /// <summary>Square of a field's width, mm^2.</summary>
    /// <param name="kernel">Constants.</param>
    /// <param name="volumeMl">Volume, mL; not negative.</param>
    public static double SquaredWidth(in KernelConstants kernel, double volumeMl)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(volumeMl);
        var power = volumeMl < 1e-12 ? 0 : volumeMl == 0.1 ? 1 : PortableMath.Power(volumeMl / 0.1, 2.0 / 3);
        return (kernel.Sigma0Mm * kernel.Sigma0Mm) + (kernel.SigmaVolumeMm * kernel.SigmaVolumeMm * power);
    }

    /// <summary>Exposure of places on one half of the face.</summary>
    /// <param name="kernel">Constants.</param>
    /// <param name="deposits">The deposits, on either half.</param>
    /// <param name="side">The half that the places lie on.</param>
    /// <param name="lateralIpd">Lateral positions of the places, IPD.</param>
    /// <param name="downIpd">Positions below the pupils, IPD.</param>
    /// <param name="ipdMm">Size of the face, mm; above 0.</param>
    /// <param name="widthFactor">This person's width over the usual; above 0.</param>
    /// <param name="behindTarsus">True for places behind the tarsal plate: pretarsal deposits reach them through the barrier.</param>
    /// <param name="exposure">Filled with the exposures, U; as long as the places.</param>
    public static void Expose(
        in KernelConstants kernel, ReadOnlySpan<Deposit> deposits, Side side, ReadOnlySpan<double> lateralIpd, ReadOnlySpan<double> downIpd,
        double ipdMm, double widthFactor, bool behindTarsus, Span<double> exposure)
    {
        exposure.Clear();
        var reference = SquaredWidth(kernel, 0.1);
        // The points of a plan often have the same volume.
        var (volume, width) = (0.1, reference);
        foreach (ref readonly var deposit in deposits)
        {
            if (deposit.VolumeMl != volume)
            {
                (volume, width) = (deposit.VolumeMl, SquaredWidth(kernel, deposit.VolumeMl));
            }

            var square = width * widthFactor * widthFactor;
            var height = deposit.Units * reference / square;
            if (height == 0)
            {
                continue;
            }

            if (behindTarsus && deposit.Plane == TissuePlane.Pretarsal)
            {
                height *= kernel.TarsalBarrier;
            }

            // In units of the face, so that the loop has no size in it.
            var steep = -ipdMm * ipdMm / (2 * square);
            var lateral = deposit.Side == side ? deposit.Position.LateralIpd : -deposit.Position.LateralIpd;
            PortableVectors.AddBells(lateralIpd, downIpd, lateral, deposit.Position.DownIpd, steep, height, exposure);
        }
    }
}
