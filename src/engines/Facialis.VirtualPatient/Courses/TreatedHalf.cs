using Facialis.Anatomy;
using Facialis.VirtualPatient.Parameters;
using Facialis.VirtualPatient.Spread;
using Facialis.VirtualPatient.TimeCourse;

namespace Facialis.VirtualPatient.Courses;

/// <summary>What one treatment left in one half of a face: worked out once, asked for any day.</summary>
internal sealed class TreatedHalf
{
    private readonly double[] _exposure;
    private readonly double[] _powers;
    private readonly double[] _behind;

    public TreatedHalf(
        ModelParameters parameters, in PersonKinetics kinetics, ReadOnlySpan<Deposit> deposits, Side side,
        ReadOnlySpan<double> behindLateral, ReadOnlySpan<double> behindDown)
    {
        var kernel = parameters.Kernel;
        var geometry = parameters.Geometry;
        _exposure = new double[geometry.EndplateLateral.Length];
        _powers = new double[_exposure.Length];
        _behind = new double[behindLateral.Length];
        SpreadField.Expose(
            kernel, deposits, side, geometry.EndplateLateral, geometry.EndplateDown, kinetics.IpdMm, kinetics.WidthFactor, behindTarsus: false, _exposure);
        SpreadField.Expose(
            kernel, deposits, side, behindLateral, behindDown, kinetics.IpdMm, kinetics.WidthFactor, behindTarsus: true, _behind);
        BlockCurve.Powers(kernel, _exposure, kinetics.D50, _powers);
    }

    /// <summary>Exposure of every nerve ending, U.</summary>
    public ReadOnlySpan<double> Exposure => _exposure;

    /// <summary>Powers (exposure/D50)^h of every nerve ending.</summary>
    public ReadOnlySpan<double> Powers => _powers;

    /// <summary>Exposure of what should not be reached, U.</summary>
    public ReadOnlySpan<double> Behind => _behind;
}
