namespace Facialis.VirtualPatient.Calibration;

/// <summary>The best place that a search found.</summary>
/// <param name="Places">Where, each 0 to 1 between the limits.</param>
/// <param name="Value">The loss there.</param>
internal sealed record Optimum(double[] Places, double Value);
