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

    /// <summary>What a treatment is worth, points.</summary>
    /// <param name="benefit">100 times the improvement averaged over the weeks, points.</param>
    /// <param name="ptosis">Probability of a drooping lid.</param>
    /// <param name="diplopia">Probability of double vision.</param>
    /// <param name="mouth">Probability of a weak lower face.</param>
    /// <param name="units">Units in all, U.</param>
    public double Worth(double benefit, double ptosis, double diplopia, double mouth, double units) =>
        benefit - (Ptosis * ptosis) - (Diplopia * diplopia) - (Mouth * mouth) - (Unit * units);
}
