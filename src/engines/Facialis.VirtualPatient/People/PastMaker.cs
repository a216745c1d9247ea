using Facialis.Anatomy;
using Facialis.Toxin;
using Facialis.VirtualPatient.Chance;
using Facialis.VirtualPatient.Parameters;
using Facialis.VirtualPatient.SideEffects;

namespace Facialis.VirtualPatient.People;

/// <summary>Makes up the treatments that a person had before the case begins.</summary>
/// <remarks>Doses of the model's product only: another product's units cannot be set beside them, so of those the person knows no dose.</remarks>
internal static class PastMaker
{
    private static readonly (string Site, decimal Units)[] Usual =
    [
        ("OO_UP_PT_MED", 2.5m), ("OO_UP_PT_LAT", 2.5m), ("OO_LO_PT_LAT", 2.5m), ("OO_ORB_LATCANTH", 2.5m), ("ZMAJ_UP", 1.25m),
    ];

    private static readonly string[] OtherProducts = ["abobotulinumtoxinA", "incobotulinumtoxinA"];

    public static IReadOnlyList<PastTreatment> Make(ref Draws draws, Side side, int years, ModelParameters parameters)
    {
        if (years < 1 || draws.Chance(0.45))
        {
            return [];
        }

        var count = 1 + Math.Min(draws.Poisson(1.2), 5);
        var treatments = new List<PastTreatment>(count);
        var other = draws.Chance(0.2) ? OtherProducts[draws.Chance(0.5) ? 0 : 1] : null;
        var factor = draws.Pick([0.25, 0.55, 0.2]) switch { 0 => 0.5m, 1 => 1m, _ => 1.5m };
        var weeks = draws.Chance(0.06) ? 5 + draws.Poisson(2) : 12 + draws.Poisson(4);
        for (var i = 0; i < count; i++)
        {
            var best = draws.Chance(0.08) ? draws.Between(10, 40) : draws.Normal(78, 10, 50, 98);
            var held = draws.LogNormal(77, 0.35);
            var effects = new List<SideEffectKind>();
            AddIf(ref draws, effects, SideEffectKind.Ptosis, 0.09);
            AddIf(ref draws, effects, SideEffectKind.Diplopia, 0.015);
            AddIf(ref draws, effects, SideEffectKind.LowerFaceWeakness, factor > 1 ? 0.2 : 0.06);
            AddIf(ref draws, effects, SideEffectKind.Bruise, 0.08);
            var points = other is null
                ? Usual.Select(p => new EarlierPoint(p.Site, side, new Units(Math.Round(p.Units * factor * 4, MidpointRounding.AwayFromZero) / 4))).ToList()
                : [];
            treatments.Add(new PastTreatment(
                weeks, other ?? parameters.ProductId, other is null ? points.Sum(p => p.Units.Number) : null, points,
                (int)best, (int)Math.Min(held, 200), effects));
            weeks += 12 + draws.Poisson(3);
            if (weeks > years * 52)
            {
                break;
            }
        }

        return treatments;
    }

    private static void AddIf(ref Draws draws, List<SideEffectKind> effects, SideEffectKind kind, double share)
    {
        if (draws.Chance(share))
        {
            effects.Add(kind);
        }
    }
}
