using Facialis.Anatomy;

namespace Facialis.VirtualPatient.Parameters;

/// <summary>One constant of the model.</summary>
/// <param name="Name">Stable name, for example <c>halfLife</c>.</param>
/// <param name="Unit">Unit as it is written beside the value; empty for a bare number.</param>
/// <param name="Value">The value in that unit.</param>
/// <param name="Mark">How well it is founded; <see cref="SourceMark.Estimate"/> is an assumption of the authors, <see cref="SourceMark.Derived"/> a fit.</param>
/// <param name="Source">Where it comes from, for people.</param>
/// <param name="Meaning">What it stands for, for people.</param>
public sealed record ModelParameter(string Name, string Unit, double Value, SourceMark Mark, string Source, string Meaning);
