using Facialis.Anatomy.Muscles;

namespace Facialis.Anatomy.Sites;

/// <summary>The standard face: muscles, injection sites and avoid zones of one half, in IPD units, under one version.</summary>
/// <remarks>The data are in <c>face-atlas.json</c>, each with its mark and source; what they mean is in docs/face-map.md.</remarks>
public sealed class FaceAtlas
{
    private static readonly Lazy<FaceAtlas> Loaded = new(FaceAtlasFile.Load);
    private readonly Dictionary<string, InjectionSite> _sites;
    private readonly Dictionary<string, AvoidZone> _zones;
    private readonly Dictionary<string, Muscle> _muscles;

    internal FaceAtlas(string version, IReadOnlyList<Muscle> muscles, IReadOnlyList<InjectionSite> sites, IReadOnlyList<AvoidZone> zones)
    {
        (Version, Muscles, Sites, Zones) = (version, muscles, sites, zones);
        _muscles = muscles.ToDictionary(muscle => muscle.Id, StringComparer.Ordinal);
        _sites = sites.ToDictionary(site => site.Id, StringComparer.Ordinal);
        _zones = zones.ToDictionary(zone => zone.Id, StringComparer.Ordinal);
        if (sites.FirstOrDefault(site => !_muscles.ContainsKey(site.MuscleId)) is { } stray)
        {
            throw new InvalidDataException($"Site {stray.Id} names the muscle {stray.MuscleId}, which the atlas does not hold.");
        }
    }

    /// <summary>The atlas that this build carries.</summary>
    public static FaceAtlas Current => Loaded.Value;

    /// <summary>Version of the data, which a plan keeps: year and number within it.</summary>
    public string Version { get; }

    /// <summary>Every muscle.</summary>
    public IReadOnlyList<Muscle> Muscles { get; }

    /// <summary>Every injection site, from the forehead down.</summary>
    public IReadOnlyList<InjectionSite> Sites { get; }

    /// <summary>Every avoid zone.</summary>
    public IReadOnlyList<AvoidZone> Zones { get; }

    /// <summary>The site with that id, or null.</summary>
    public InjectionSite? FindSite(string id) => _sites.GetValueOrDefault(id);

    /// <summary>The site with that id.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The atlas holds no such site.</exception>
    public InjectionSite Site(string id) => FindSite(id) ?? throw new ArgumentOutOfRangeException(nameof(id), id, "The atlas holds no such site.");

    /// <summary>The zone with that id, or null.</summary>
    public AvoidZone? FindZone(string id) => _zones.GetValueOrDefault(id);

    /// <summary>The muscle with that id, or null.</summary>
    public Muscle? FindMuscle(string id) => _muscles.GetValueOrDefault(id);

    /// <summary>The site that a point most likely belongs to, and how far away it is.</summary>
    public NearestSite Nearest(FacePoint point) => Sites
        .Select(site => new NearestSite(site, site.DistanceIpd(point)))
        .MinBy(nearest => nearest.DistanceIpd)!;

    /// <summary>The zones that a point lies in, whatever the depth.</summary>
    public IEnumerable<AvoidZone> ZonesAt(FacePoint point) => Zones.Where(zone => zone.Contains(point));

    /// <summary>The zones that warn of a needle at that point and depth.</summary>
    public IEnumerable<AvoidZone> ZonesAgainst(FacePoint point, NeedleDepth depth) => Zones.Where(zone => zone.Concerns(point, depth));
}

/// <summary>A site and how far away it is.</summary>
/// <param name="Site">The site.</param>
/// <param name="DistanceIpd">Distance to its usual places, IPD; 0 among them.</param>
public sealed record NearestSite(InjectionSite Site, double DistanceIpd);
