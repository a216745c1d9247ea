using Facialis.Anatomy;

namespace Facialis.Toxin;

/// <summary>
/// How long the effect holds in a population: days from injection to wear-off are log-normal, part of the spread lies between patients and
/// the rest between the cycles of one patient.
/// </summary>
/// <param name="Id">Names it in settings.</param>
/// <param name="Source">Where its numbers come from.</param>
/// <param name="Mark">How well they are founded.</param>
/// <param name="Mean">Mean of the logarithm of days.</param>
/// <param name="Between">Standard deviation of that logarithm between patients, at least 0.</param>
/// <param name="Within">Standard deviation of that logarithm between the cycles of one patient, above 0.</param>
public sealed record WearOffPopulation(string Id, string Source, SourceMark Mark, double Mean, double Between, double Within)
{
    /// <summary>Share of the log-variance that lies between patients: an estimate of the domain notes, no study was found.</summary>
    private const double ShareBetween = 0.6;

    private const double DaysAWeek = 7;

    /// <summary>85.4 ± 41.6 days after onabotulinumtoxinA, 665 treatments of 108 patients.</summary>
    public static WearOffPopulation BentivoglioOna { get; } = Published(
        "bentivoglio-2009-ona", "Bentivoglio 2009, 85.4 ± 41.6 days after onabotulinumtoxinA", 4.341, 0.461);

    /// <summary>105.9 ± 54.2 days after abobotulinumtoxinA, same series.</summary>
    public static WearOffPopulation BentivoglioAbo { get; } = Published(
        "bentivoglio-2009-abo", "Bentivoglio 2009, 105.9 ± 54.2 days after abobotulinumtoxinA", 4.546, 0.482);

    /// <summary>12.5 ± 3.9 weeks, either product, 133 patients.</summary>
    public static WearOffPopulation Kollewe { get; } = Published(
        "kollewe-2010", "Kollewe 2010, 12.5 ± 3.9 weeks after either product", 2.479 + Math.Log(DaysAWeek), 0.305);

    /// <summary>The published ones. They disagree on the spread by a factor of 1.5 to 2.</summary>
    public static IReadOnlyList<WearOffPopulation> All { get; } = [BentivoglioOna, BentivoglioAbo, Kollewe];

    /// <summary>The one of an id; null for an id that none has.</summary>
    public static WearOffPopulation? Find(string? id) => All.FirstOrDefault(p => p.Id == id);

    /// <summary>The series of the product itself where there is one, else the one of either product.</summary>
    public static WearOffPopulation UsualFor(string productId) => productId switch
    {
        "onabotulinumtoxinA" => BentivoglioOna,
        "abobotulinumtoxinA" => BentivoglioAbo,
        _ => Kollewe,
    };

    /// <summary>Days that half of all treatments reach.</summary>
    public double MedianDays => Math.Exp(Mean);

    /// <summary>Standard deviation of the logarithm of days over all treatments.</summary>
    public double Spread => Math.Sqrt((Between * Between) + (Within * Within));

    /// <summary>Mean and spread were derived from published mean ± standard deviation by the method of moments.</summary>
    private static WearOffPopulation Published(string id, string source, double mean, double spread) => new(
        id, source, SourceMark.Estimate, mean, spread * Math.Sqrt(ShareBetween), spread * Math.Sqrt(1 - ShareBetween));
}
