namespace Facialis.Toxin;

/// <summary>A product for planning.</summary>
/// <param name="Id">Id in the catalogue.</param>
/// <param name="Name">Both names, as they stand beside every dose.</param>
/// <param name="VialSizes">Units in its vials.</param>
/// <param name="Mixes">Mixtures that a label names.</param>
/// <param name="Doses">Usual doses by site; empty where none are known for this product.</param>
public sealed record PlanProduct(
    string Id, string Name, IReadOnlyList<decimal> VialSizes, IReadOnlyList<PlanMix> Mixes, IReadOnlyList<PlanSiteDose> Doses)
{
    private static readonly Lazy<IReadOnlyList<PlanProduct>> Made = new(() => [.. ToxinCatalogue.Current.Products.Select(Of)]);

    /// <summary>Every product of the catalogue.</summary>
    public static IReadOnlyList<PlanProduct> All => Made.Value;

    private static PlanProduct Of(ToxinProduct product)
    {
        var catalogue = ToxinCatalogue.Current;
        return new PlanProduct(
            product.Id,
            product.Name,
            [.. catalogue.VialSizes(product).Select(size => size.Units.Number)],
            [.. catalogue.Mixes(product).Select(mix => new PlanMix(mix.Rule.VialUnits!.Value, mix.Rule.DiluentMl!.Value))], // a mixture has both
            [.. catalogue.SiteDoses.Where(dose => dose.Max.Product.Equals(product)).Select(dose => new PlanSiteDose(
                dose.SiteId, dose.StartLow.Units.Number, dose.StartHigh.Units.Number, dose.UsualLow.Units.Number, dose.UsualHigh.Units.Number, dose.Max.Units.Number))]);
    }
}

/// <summary>A mixture that a label names.</summary>
/// <param name="VialUnits">Units in the vial.</param>
/// <param name="DiluentMl">Diluent, mL.</param>
public sealed record PlanMix(decimal VialUnits, decimal DiluentMl);

/// <summary>Usual doses at a site, units of the product.</summary>
/// <param name="SiteId">Site.</param>
/// <param name="StartLow">Lower end of a cautious first dose.</param>
/// <param name="StartHigh">Upper end of it.</param>
/// <param name="UsualLow">Lower end of the usual later range.</param>
/// <param name="UsualHigh">Upper end of it.</param>
/// <param name="Max">Ceiling.</param>
public sealed record PlanSiteDose(string SiteId, decimal StartLow, decimal StartHigh, decimal UsualLow, decimal UsualHigh, decimal Max);
