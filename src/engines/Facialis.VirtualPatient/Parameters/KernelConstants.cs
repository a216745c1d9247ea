namespace Facialis.VirtualPatient.Parameters;

/// <summary>The constants that the equations of spread, time course and visible spasm need, as plain numbers.</summary>
/// <param name="Sigma0Mm">Width of a point without volume, mm; above 0.</param>
/// <param name="SigmaVolumeMm">Extra width at 0.1 mL, mm.</param>
/// <param name="TarsalBarrier">Share that passes the tarsal plate, 0 to 1.</param>
/// <param name="D50">Exposure of half the block, U; above 0.</param>
/// <param name="Hill">Steepness; above 0.</param>
/// <param name="TauDays">Time constant of uptake, days; above 0.</param>
/// <param name="HalfLifeDays">Half-life of the effect, days; above 0.</param>
/// <param name="BlockMost">Largest block, share.</param>
/// <param name="VisibleFrom">Residual force below which nothing is seen, share.</param>
/// <param name="VisibleGamma">Curvature of what is seen.</param>
/// <param name="VoluntaryPower">Voluntary strength is residual force to this power.</param>
public readonly record struct KernelConstants(
    double Sigma0Mm, double SigmaVolumeMm, double TarsalBarrier, double D50, double Hill, double TauDays, double HalfLifeDays,
    double BlockMost, double VisibleFrom, double VisibleGamma, double VoluntaryPower)
{
    /// <summary>The constants of a set.</summary>
    public static KernelConstants Of(ModelParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return new KernelConstants(
            parameters["sigma0"], parameters["sigmaVolume"], parameters["tarsalBarrier"], parameters["d50"], parameters["hill"],
            parameters["tau"], parameters["halfLife"], parameters["blockMost"], parameters["visibleFrom"], parameters["visibleGamma"],
            parameters["voluntaryPower"]);
    }
}
