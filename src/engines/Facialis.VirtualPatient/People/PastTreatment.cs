using Facialis.Toxin;
using Facialis.VirtualPatient.SideEffects;

namespace Facialis.VirtualPatient.People;

/// <summary>A treatment before the case begins.</summary>
/// <param name="WeeksAgo">Whole weeks before the first visit; above 0.</param>
/// <param name="ProductId">Product, an id of <see cref="ToxinCatalogue"/>.</param>
/// <param name="Units">Units of that product in all, or null where the person does not know.</param>
/// <param name="Points">Sites and doses where known.</param>
/// <param name="BestImprovementPercent">Best improvement, 0 to 100; null where not known.</param>
/// <param name="HeldDays">Days until half of the best improvement was gone; null where not known.</param>
/// <param name="SideEffects">What went wrong.</param>
public sealed record PastTreatment(
    int WeeksAgo, string ProductId, decimal? Units, IReadOnlyList<EarlierPoint> Points, int? BestImprovementPercent, int? HeldDays,
    IReadOnlyList<SideEffectKind> SideEffects);
