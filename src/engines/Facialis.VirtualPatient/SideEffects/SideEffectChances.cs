using System.Runtime.Intrinsics;
using Facialis.VirtualPatient.Arithmetic;
using Facialis.VirtualPatient.Faces;
using Facialis.VirtualPatient.Parameters;

namespace Facialis.VirtualPatient.SideEffects;

/// <summary>How probable each side effect is, from what reached which structure.</summary>
internal readonly struct SideEffectChances
{
    public const int Kinds = 6;

    /// <summary>Exposure below which a structure counts as untouched, U.</summary>
    private const double LeastExposure = 1e-9;

    // Lanes of the curves: what reached levator, inferior oblique and lateral rectus, then the force of mouth, lids and brow.
    private const int Mouth = 3;
    private const int Lids = 4;
    private const int Brow = 5;

    private readonly Vector512<double> _slopes;
    private readonly Vector512<double> _middles;
    private readonly double _bruise;
    private readonly double _frailty;

    public SideEffectChances(ModelParameters parameters)
    {
        // Force that is left spares, so those curves fall.
        _slopes = Vector512.Create(
            parameters["ptosisSlope"], parameters["diplopiaSlope"], parameters["diplopiaSlope"],
            -parameters["mouthSlope"], -parameters["lagophthalmosSlope"], -parameters["browSlope"], 0, 0);
        _middles = Vector512.Create(
            parameters["ptosisMiddle"], parameters["diplopiaObliqueMiddle"], parameters["diplopiaLateralMiddle"],
            parameters["mouthMiddle"], parameters["lagophthalmosMiddle"], parameters["browMiddle"], 0, 0);
        _bruise = parameters["bruisePerPoint"];
        _frailty = parameters["sideEffectFrailty"];
        Groups = new MuscleGroups(parameters.Geometry);
    }

    /// <summary>Which muscles each side effect looks at.</summary>
    public MuscleGroups Groups { get; }

    /// <summary>Probabilities in the order of <see cref="SideEffectKind"/> for one half of a face.</summary>
    /// <param name="behind">Exposure of levator, inferior oblique and lateral rectus, U.</param>
    /// <param name="d50">This person's D50, U.</param>
    /// <param name="force">Residual force of every muscle two weeks after the treatment.</param>
    /// <param name="points">Needle points on that half.</param>
    /// <param name="frailty">This person's readiness, normal deviate.</param>
    /// <param name="probabilities">Filled; six long.</param>
    public void Fill(ReadOnlySpan<double> behind, double d50, ReadOnlySpan<double> force, int points, double frailty, Span<double> probabilities)
    {
        var curves = Curves(behind, d50, Groups.Mouth.MeanOf(force), Groups.Lids.MeanOf(force), Groups.Brow.MeanOf(force), frailty);
        Scored(curves, probabilities);
        probabilities[(int)SideEffectKind.Lagophthalmos] = curves[Lids];
        probabilities[(int)SideEffectKind.BrowAsymmetry] = curves[Brow];
        probabilities[(int)SideEffectKind.Bruise] = 1 - PortableMath.Power(1 - _bruise, points);
    }

    /// <summary>The same, but only those that a plan's score looks at: ptosis, diplopia, a weak mouth.</summary>
    /// <param name="behind">Exposure of levator, inferior oblique and lateral rectus, U.</param>
    /// <param name="d50">This person's D50, U.</param>
    /// <param name="force">Residual force of every muscle two weeks after the treatment.</param>
    /// <param name="frailty">This person's readiness, normal deviate.</param>
    /// <param name="probabilities">Filled in part; six long.</param>
    public void FillScored(ReadOnlySpan<double> behind, double d50, ReadOnlySpan<double> force, double frailty, Span<double> probabilities)
    {
        Scored(Curves(behind, d50, Groups.Mouth.MeanOf(force), 0, 0, frailty), probabilities);
    }

    private static void Scored(Vector512<double> curves, Span<double> probabilities)
    {
        probabilities[(int)SideEffectKind.Ptosis] = curves[0];
        probabilities[(int)SideEffectKind.Diplopia] = 1 - ((1 - curves[1]) * (1 - curves[2]));
        probabilities[(int)SideEffectKind.LowerFaceWeakness] = curves[Mouth];
    }

    // All curves at once: 1/(1+e^-x) with x = slope (value - middle) + shift, values being logarithms of exposure over D50, and forces.
    private Vector512<double> Curves(ReadOnlySpan<double> behind, double d50, double mouth, double lids, double brow, double frailty)
    {
        var one = Vector512<double>.One;
        var exposure = Vector512.Max(Vector512.Create(behind[0], behind[1], behind[2], d50, d50, d50, d50, d50), Vector512.Create(LeastExposure));
        // The logarithm of 1 is 0: those lanes are left to the forces.
        var values = PortableVectors.Log(exposure / Vector512.Create(d50)) + Vector512.Create(0, 0, 0, mouth, lids, brow, 0, 0);
        var x = Vector512.FusedMultiplyAdd(_slopes, values - _middles, Vector512.Create(_frailty * frailty));
        return one / (one + PortableVectors.Exp(-x));
    }
}

/// <summary>Muscles whose force is looked at together.</summary>
internal readonly struct MuscleGroups(FaceGeometry geometry)
{
    public MuscleGroup Mouth { get; } = new(geometry, "zygomaticus", "lip_levators", "oris");

    public MuscleGroup Lids { get; } = new(geometry, "pretarsal_up", "preseptal_up", "pretarsal_lo", "preseptal_lo");

    public MuscleGroup Brow { get; } = new(geometry, "frontalis");
}

/// <summary>A few muscles of the model.</summary>
internal sealed class MuscleGroup(FaceGeometry geometry, params string[] ids)
{
    private readonly int[] _muscles = [.. ids.Select(geometry.IndexOf)];

    /// <summary>Places of the muscles in every list of values per muscle.</summary>
    public IReadOnlyList<int> Muscles => _muscles;

    public double MeanOf(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var muscle in _muscles)
        {
            sum += values[muscle];
        }

        return sum / _muscles.Length;
    }
}
