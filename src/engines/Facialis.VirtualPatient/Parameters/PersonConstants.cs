using Facialis.VirtualPatient.Faces;

namespace Facialis.VirtualPatient.Parameters;

/// <summary>What makes people differ, taken out of the table once: crowds are made of it.</summary>
internal sealed class PersonConstants(ModelParameters parameters)
{
    /// <summary>Parts of the lower face, by the muscle of the face map that they belong to.</summary>
    private static readonly string[] LowerFace = ["ZMAJ", "LLS", "OOR", "DAO", "MENT"];

    /// <summary>SD of the logarithm of D50.</summary>
    public double D50Spread { get; } = parameters["d50Spread"];

    /// <summary>SD of the logarithm of the time of uptake.</summary>
    public double TauSpread { get; } = parameters["tauSpread"];

    /// <summary>SD of the logarithm of the half-life.</summary>
    public double HalfLifeSpread { get; } = parameters["halfLifeSpread"];

    /// <summary>SD of the logarithm of a field's width.</summary>
    public double SigmaSpread { get; } = parameters["sigmaSpread"];

    /// <summary>SD of the place of structures that should not be reached, mm.</summary>
    public double OffTargetShiftMm { get; } = parameters["offTargetShift"];

    /// <summary>Shape of the rates' gamma law.</summary>
    public double RateShape { get; } = parameters["rateShape"];

    /// <summary>Mean of the rates, per minute.</summary>
    public double RateMean { get; } = parameters["rateMean"];

    /// <summary>Least rate, per minute.</summary>
    public double RateLeast { get; } = parameters["rateLeast"];

    /// <summary>Largest rate, per minute.</summary>
    public double RateMost { get; } = parameters["rateMost"];

    /// <summary>Share of each muscle in the usual person's spasm.</summary>
    public double[] MuscleWeights { get; } = [.. parameters.Geometry.Muscles.Select(m => m.Weight)];

    /// <summary>True for the muscles of the lower face.</summary>
    public bool[] IsLowerFace { get; } = [.. parameters.Geometry.Muscles.Select(m => LowerFace.Contains(m.AtlasMuscleId))];

    /// <summary>Usual places of the structures that should not be reached.</summary>
    public FacePosition[] OffTargets { get; } = [.. parameters.Geometry.OffTargets.Select(t => t.Point)];
}
