namespace Facialis.Anatomy;

/// <summary>How well a fact is founded; shown wherever the fact is shown.</summary>
public enum SourceMark
{
    /// <summary>The source was read.</summary>
    Verified = 0,

    /// <summary>Known from memory; the source was not seen and has to be checked before it is leaned on.</summary>
    Recalled = 1,

    /// <summary>An anatomical or modelling estimate of the authors.</summary>
    Estimate = 2,

    /// <summary>Worked out from a verified or recalled figure.</summary>
    Derived = 3,

    /// <summary>A choice of the clinic, confirmed there by name.</summary>
    ClinicPolicy = 4,
}
