using Facialis.VirtualPatient.Parameters;

namespace Facialis.VirtualPatient.Scoring;

/// <summary>What benefit and harm are worth against each other, in points: value judgements that can be changed.</summary>
/// <param name="Ptosis">Loss for a drooping lid, points.</param>
/// <param name="Diplopia">Loss for double vision, points.</param>
/// <param name="Mouth">Loss for a weak lower face, points.</param>
/// <param name="Unit">Price of one unit, points.</param>
public sealed record Utility(double Ptosis, double Diplopia, double Mouth, double Unit)
{
    /// <summary>The weights of a model.</summary>
    /// <param name="parameters">The model; the current one where null.</param>
    public static Utility Of(ModelParameters? parameters = null)
    {
        parameters ??= ModelParameters.Current;
        return new Utility(parameters["utilityPtosis"], parameters["utilityDiplopia"], parameters["utilityMouth"], parameters["utilityUnit"]);
    }
}
