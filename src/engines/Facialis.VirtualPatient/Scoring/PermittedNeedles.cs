using Facialis.Anatomy;
using Facialis.Anatomy.Sites;
using Facialis.Toxin;
using Facialis.VirtualPatient.Faces;
using Facialis.VirtualPatient.Parameters;
using Facialis.VirtualPatient.Spread;

namespace Facialis.VirtualPatient.Scoring;

/// <summary>Where the search for the best plan may put a needle: sites of the face map, outside the zones that stop a needle.</summary>
internal sealed class PermittedNeedles
{
    /// <summary>No site gets more, U.</summary>
    public const double MostPerSite = 5;

    /// <summary>Needles stand at least that far apart, mm on a face of 63 mm.</summary>
    private const double LeastSpacingMm = 8;

    private static readonly string[] HardZones = ["AZ-LEV", "AZ-IO", "AZ-LR", "AZ-GLOBE", "AZ-NECK"];

    public PermittedNeedles(ModelParameters parameters, Side side)
    {
        var ceilings = ToxinCatalogue.Current.SiteDoses.Where(s => s.Max.Product.Id == parameters.ProductId)
            .ToDictionary(s => s.SiteId, s => (double)s.Max.Units.Number, StringComparer.Ordinal);
        Sites =
        [
            .. FaceAtlas.Current.Sites.Where(site => !site.OnMidline
                && ceilings.ContainsKey(site.Id)
                && !FaceAtlas.Current.ZonesAgainst(site.UsualPoint, site.Depth).Any(zone => HardZones.Contains(zone.Id))),
        ];
        Ceilings = [.. Sites.Select(site => Math.Min(MostPerSite, ceilings[site.Id]))];
        Needles =
        [
            .. Sites.Select(site =>
            {
                var position = FacePosition.Of(site.UsualPoint);
                return new Deposit(side, position, 0, parameters["usualVolume"], Deposit.PlaneAt(position, site.Depth));
            }),
        ];
    }

    /// <summary>The sites.</summary>
    public IReadOnlyList<InjectionSite> Sites { get; }

    /// <summary>The most that each site may get, U.</summary>
    public IReadOnlyList<double> Ceilings { get; }

    /// <summary>A needle at the usual place of each site.</summary>
    public IReadOnlyList<Deposit> Needles { get; }

    /// <summary>Whether a needle may be added beside those that have units.</summary>
    public bool HasRoom(int needle, ReadOnlySpan<double> units)
    {
        for (var other = 0; other < units.Length; other++)
        {
            var (a, b) = (Needles[needle].Position, Needles[other].Position);
            var apart = double.Hypot(a.LateralIpd - b.LateralIpd, a.DownIpd - b.DownIpd) * (double)FacialFrame.UsualIpdMm;
            if (other != needle && units[other] > 0 && apart < LeastSpacingMm)
            {
                return false;
            }
        }

        return true;
    }
}
