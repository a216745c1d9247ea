using Facialis.VirtualPatient.Arithmetic;
using Facialis.VirtualPatient.Faces;
using Facialis.VirtualPatient.Parameters;

namespace Facialis.VirtualPatient.SideEffects;

/// <summary>How probable each side effect is, from what reached which structure.</summary>
internal readonly struct SideEffectChances
{
    public const int Kinds = 6;

    private readonly Curve _ptosis;
    private readonly Curve _oblique;
    private readonly Curve _lateral;
    private readonly Curve _mouth;
    private readonly Curve _lids;
    private readonly Curve _brow;
    private readonly double _bruise;
    private readonly double _frailty;

    public SideEffectChances(ModelParameters parameters)
    {
        _ptosis = new Curve(parameters["ptosisSlope"], parameters["ptosisMiddle"]);
        _oblique = new Curve(parameters["diplopiaSlope"], parameters["diplopiaObliqueMiddle"]);
        _lateral = new Curve(parameters["diplopiaSlope"], parameters["diplopiaLateralMiddle"]);
        _mouth = new Curve(-parameters["mouthSlope"], parameters["mouthMiddle"]);
        _lids = new Curve(-parameters["lagophthalmosSlope"], parameters["lagophthalmosMiddle"]);
        _brow = new Curve(-parameters["browSlope"], parameters["browMiddle"]);
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
        FillScored(behind, d50, force, frailty, probabilities);
        var shift = _frailty * frailty;
        probabilities[(int)SideEffectKind.Lagophthalmos] = _lids.At(Groups.Lids.MeanOf(force), shift);
        probabilities[(int)SideEffectKind.BrowAsymmetry] = _brow.At(Groups.Brow.MeanOf(force), shift);
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
        var shift = _frailty * frailty;
        probabilities[(int)SideEffectKind.Ptosis] = _ptosis.At(LogOf(behind[0], d50), shift);
        var oblique = _oblique.At(LogOf(behind[1], d50), shift);
        var lateral = _lateral.At(LogOf(behind[2], d50), shift);
        probabilities[(int)SideEffectKind.Diplopia] = 1 - ((1 - oblique) * (1 - lateral));
        probabilities[(int)SideEffectKind.LowerFaceWeakness] = _mouth.At(Groups.Mouth.MeanOf(force), shift);
    }

    private static double LogOf(double exposure, double d50) => PortableMath.Log(Math.Max(exposure, 1e-9) / d50);

    private readonly record struct Curve(double Slope, double Middle)
    {
        public double At(double value, double shift) => PortableMath.Logistic((Slope * (value - Middle)) + shift);
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
