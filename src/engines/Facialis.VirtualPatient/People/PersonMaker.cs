using Facialis.Anatomy;
using Facialis.VirtualPatient.Arithmetic;
using Facialis.VirtualPatient.Chance;
using Facialis.VirtualPatient.Faces;
using Facialis.VirtualPatient.Parameters;

namespace Facialis.VirtualPatient.People;

/// <summary>Makes persons out of seeds.</summary>
/// <remarks>Shares of side, sex, age and causes are those of published series (Wang and Jankovic 1998, Yaltho and Jankovic 2011); the rest is assumed.</remarks>
internal static class PersonMaker
{
    private const double LeftShare = 0.57;
    private const double FemaleShare = 0.62;

    // Of 177 with the disease itself: contact and idiopathic 133 together (two thirds with a contact seen, assumed), hereditary 4,
    // palsy 23, injury 13, demyelination 2, stroke 2; tumour 9 of 2,050.
    private static readonly double[] CauseShares = [0.50, 0.25, 0.023, 0.13, 0.073, 0.0044, 0.011, 0.011];

    // 124 persons (Gunduz 2024): isolated 28, grouped 42, tonic 1, the others mixed.
    private static readonly double[] PatternShares = [28, 42, 1, 53];

    public static VirtualPerson Make(ulong seed, ModelParameters parameters)
    {
        var draws = Draws.Of(seed, ChancePurpose.Person);
        var (side, sex) = SideAndSex(ref draws);
        var cause = (SpasmCause)draws.Pick(CauseShares);
        var onset = (int)draws.Normal(48.5, 14.1, 15, 87);
        var years = Math.Min(draws.LogNormal(9.1, 0.665), 92 - onset);
        var age = Math.Max(18, onset + (int)years);
        var look = Look(seed, sex, age);
        var spasm = Habit(seed, parameters);
        var history = new History(seed, cause, sex, age, onset, side, spasm, parameters);
        return new VirtualPerson
        {
            Seed = seed,
            ModelStamp = parameters.Stamp,
            Side = side,
            Form = FormOf(cause),
            Cause = cause,
            Story = history.Story,
            Sex = sex,
            AgeYears = age,
            OnsetAgeYears = onset,
            Look = look,
            Spasm = spasm,
            Frailty = FrailtyOf(seed, parameters.Geometry.OffTargets.Count),
            Answers = history.Answers,
            RedFlags = history.RedFlags,
            Spoken = history.Spoken,
            Past = history.Past,
        };
    }

    /// <summary>Distance between the pupils of the person of that seed, mm, without making the whole person.</summary>
    internal static double IpdOf(ulong seed)
    {
        var draws = Draws.Of(seed, ChancePurpose.Person);
        var face = Draws.Of(seed, ChancePurpose.Face);
        return IpdFrom(ref face, SideAndSex(ref draws).Sex);
    }

    private static (Side Side, Sex Sex) SideAndSex(ref Draws draws)
    {
        var side = draws.Chance(LeftShare) ? Side.PatientLeft : Side.PatientRight;
        return (side, draws.Chance(FemaleShare) ? Sex.Female : Sex.Male);
    }

    private static double IpdFrom(ref Draws draws, Sex sex) => Math.Round(draws.Normal(sex == Sex.Male ? 64 : 61.7, 3.2, 54, 74), 1);

    private static SpasmForm FormOf(SpasmCause cause) => cause switch
    {
        SpasmCause.NeurovascularContact or SpasmCause.Idiopathic or SpasmCause.Hereditary => SpasmForm.Primary,
        SpasmCause.AfterPalsy => SpasmForm.Postparalytic,
        _ => SpasmForm.OtherSecondary,
    };

    private static FaceLook Look(ulong seed, Sex sex, int age)
    {
        var draws = Draws.Of(seed, ChancePurpose.Face);
        var man = sex == Sex.Male ? 1 : 0;
        double Shape(ref Draws from, double shift) => Math.Round(from.Normal(shift, 1, -2.5, 2.5), 3);
        return new FaceLook(
            IpdMm: IpdFrom(ref draws, sex),
            SkinTone: 1 + draws.Pick([0.12, 0.26, 0.24, 0.16, 0.12, 0.10]),
            Width: Shape(ref draws, 0.3 * man),
            LowerFace: Shape(ref draws, 0.4 * man),
            Depth: Shape(ref draws, 0.3 * man),
            LidOpening: Shape(ref draws, age > 60 ? -0.6 : 0),
            BrowHeight: Shape(ref draws, -0.5 * man),
            NoseWidth: Shape(ref draws, 0.4 * man),
            LipFullness: Shape(ref draws, age > 60 ? -0.5 : 0),
            JawWidth: Shape(ref draws, 0.7 * man),
            CheekFullness: Shape(ref draws, 0),
            Lines: Math.Round(Math.Clamp(((age - 30) / 50.0) + (0.1 * draws.Normal()), 0, 1), 3),
            HairTone: Math.Round(Math.Clamp((0.25 * draws.Uniform()) + (age > 45 ? (age - 45) / 50.0 : 0), 0, 1), 3),
            MeshSeed: (long)(draws.Bits() >> 1));
    }

    internal static SpasmHabit Habit(ulong seed, ModelParameters parameters)
    {
        var draws = Draws.Of(seed, ChancePurpose.Spasm);
        var pattern = (SpasmPattern)draws.Pick(PatternShares);
        var (single, train, hold) = pattern switch
        {
            SpasmPattern.Isolated => (0.95, 0.05, 0.0),
            SpasmPattern.Grouped => (0.30, 0.70, 0.0),
            SpasmPattern.Tonic => (0.10, 0.10, 0.80),
            _ => (0.45, 0.40, 0.15),
        };
        var persons = parameters.Persons;
        var rate = draws.Gamma(persons.RateShape, persons.RateMean);
        var weights = new double[persons.MuscleWeights.Length];
        var gains = new double[weights.Length];
        FillMuscles(ref draws, persons, weights, gains);
        return new SpasmHabit(
            pattern,
            Math.Round(Math.Clamp(rate, persons.RateLeast, persons.RateMost), 2),
            single,
            train,
            hold,
            Math.Round(draws.Between(0.45, 1.1), 3),
            weights,
            gains);
    }

    /// <summary>Weights and gains of the person of that seed, as <see cref="Habit"/> has them, without making the rest.</summary>
    internal static void Muscles(ulong seed, PersonConstants persons, Span<double> weights, Span<double> gains)
    {
        var draws = Draws.Of(seed, ChancePurpose.Spasm);
        _ = draws.Pick(PatternShares);
        _ = draws.Gamma(persons.RateShape, persons.RateMean);
        FillMuscles(ref draws, persons, weights, gains);
    }

    private static void FillMuscles(ref Draws draws, PersonConstants persons, Span<double> weights, Span<double> gains)
    {
        // All log-normals in one go, in the order in which they are drawn. How far the spasm has spread down comes first: in one face the mouth
        // hardly takes part, in another as much as the eye.
        Span<double> factors = stackalloc double[1 + (2 * weights.Length)];
        for (var k = 0; k < factors.Length; k++)
        {
            factors[k] = (k == 0 ? 0.7 : k % 2 == 1 ? 0.35 : 0.15) * draws.Normal();
        }

        PortableVectors.Exp(factors);
        var lower = factors[0];
        var sum = 0.0;
        for (var m = 0; m < weights.Length; m++)
        {
            var isLower = persons.IsLowerFace[m];
            weights[m] = persons.MuscleWeights[m] * factors[1 + (2 * m)] * (isLower ? lower : 1);
            gains[m] = Math.Round(factors[2 + (2 * m)] * (isLower ? Math.Clamp(lower, 0.35, 1.6) : 1), 4);
            sum += weights[m];
        }

        for (var m = 0; m < weights.Length; m++)
        {
            weights[m] /= sum;
        }
    }

    internal static Frailty FrailtyOf(ulong seed, int structures)
    {
        var draws = Draws.Of(seed, ChancePurpose.Frailty);
        var (dose, uptake, half, width, ready) = (draws.Normal(), draws.Normal(), draws.Normal(), draws.Normal(), draws.Normal());
        var shifts = new FacePosition[structures];
        for (var k = 0; k < structures; k++)
        {
            shifts[k] = new FacePosition(draws.Normal(), draws.Normal());
        }

        return new Frailty(dose, uptake, half, width, ready, shifts);
    }
}
