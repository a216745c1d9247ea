using System.Globalization;
using System.Text.RegularExpressions;
using Facialis.Anatomy;
using Facialis.Anatomy.Landmarks;
using Facialis.Anatomy.Sites;
using FsCheck;
using FsCheck.Fluent;

namespace Facialis.Engines.Tests.Anatomy.Sites;

public sealed partial class FaceAtlasTests
{
    private static readonly FaceAtlas Atlas = FaceAtlas.Current;

    public static TheoryData<string> SiteIds => [.. Atlas.Sites.Select(site => site.Id)];

    [Fact]
    public void The_atlas_holds_the_sites_and_zones_of_the_clinical_reference()
    {
        Assert.Matches("^20[0-9]{2}[.][0-9]+$", Atlas.Version);
        Assert.Equal(
            [
                "BUCC", "CORR_LAT", "CORR_MED", "DAO", "DLI", "FRONT_LAT", "FRONT_MED", "FRONT_MID", "LLS", "LLSAN", "MENT", "NASALIS", "OOR_LO", "OOR_UP",
                "OO_BROW_LAT", "OO_LO_PT_LAT", "OO_ORB_INFLAT", "OO_ORB_LATCANTH", "OO_UP_PT_LAT", "OO_UP_PT_MED", "PLAT", "PROC", "RIS", "ZMAJ_UP", "ZMIN",
            ],
            Atlas.Sites.Select(site => site.Id).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["AZ-GLOBE", "AZ-IO", "AZ-LAC", "AZ-LEV", "AZ-LIP", "AZ-LR", "AZ-MIDLINE", "AZ-NECK", "AZ-VESSEL", "AZ-ZYG"],
            Atlas.Zones.Select(zone => zone.Id).Order(StringComparer.Ordinal));
        Assert.All(Atlas.Muscles, muscle => Assert.Contains(Atlas.Sites, site => site.MuscleId == muscle.Id));
    }

    [Fact]
    public void Everything_says_where_it_comes_from()
    {
        Assert.All(Atlas.Sites, site => Assert.False(string.IsNullOrWhiteSpace(site.Source) || string.IsNullOrWhiteSpace(site.Why) || string.IsNullOrWhiteSpace(site.NeighbourEffect)));
        Assert.All(Atlas.Zones, zone => Assert.False(string.IsNullOrWhiteSpace(zone.Source) || string.IsNullOrWhiteSpace(zone.Harm)));
        Assert.All(Atlas.Muscles, muscle => Assert.False(string.IsNullOrWhiteSpace(muscle.Source) || string.IsNullOrWhiteSpace(muscle.Course)));
        // No position is a fact: which landmark stands for a muscle is the authors' choice.
        Assert.DoesNotContain(Atlas.Sites, site => site.Mark == SourceMark.Verified);
    }

    [Theory]
    [MemberData(nameof(SiteIds))]
    public void A_site_lies_at_the_landmarks_that_it_names_and_right_and_left_agree(string id)
    {
        var site = Atlas.Site(id);
        var named = LandmarkList().Match(site.Source);
        if (id == "PLAT")
        {
            Assert.False(named.Success, "The neck is below the mesh.");
            return;
        }

        var right = Numbers(named.Groups["right"].Value);
        var left = named.Groups["left"].Success ? Numbers(named.Groups["left"].Value) : right;
        Assert.Equal(left, right.Select(LandmarkScheme.MediaPipeRefined.MirrorOf));
        var mesh = Mesh();
        var lateral = right.Average(index => Math.Abs(mesh[index].X));
        var down = right.Average(index => mesh[index].Y);
        // The table gives two decimals; the corrugator's belly lies beside the two landmarks that it is between.
        Assert.InRange(double.Hypot(lateral - (double)site.UsualPoint.LateralIpd, down - (double)site.UsualPoint.DownIpd), 0, 0.05);
    }

    [Theory]
    [MemberData(nameof(SiteIds))]
    public void A_new_point_is_nearest_to_the_site_that_it_was_made_for_and_over_its_muscle(string id)
    {
        var site = Atlas.Site(id);
        Assert.Equal(site, Atlas.Nearest(site.UsualPoint).Site);
        Assert.Equal(0, Atlas.Nearest(site.UsualPoint).DistanceIpd);
        Assert.True(Atlas.FindMuscle(site.MuscleId)!.Outline.Contains(site.UsualPoint), $"{id} is outside its muscle.");
    }

    [Fact]
    public void The_usual_points_keep_out_of_the_zones_except_where_the_reference_says_so()
    {
        var met = Atlas.Sites
            .SelectMany(site => Atlas.ZonesAgainst(site.UsualPoint, site.Depth).Select(zone => $"{site.Id} {zone.Id}"))
            .Order(StringComparer.Ordinal);
        Assert.Equal(
            [
                "LLSAN AZ-VESSEL", // beside the angular artery
                "OOR_LO AZ-LIP", "OOR_UP AZ-LIP", // the zone limits the dose, not the place
                "OO_BROW_LAT AZ-LAC", // over the gland: a small dose, under the skin
                "PROC AZ-MIDLINE",
                "ZMAJ_UP AZ-ZYG", "ZMIN AZ-ZYG", // limits the dose
            ],
            met);
    }

    [Theory]
    [InlineData(52)]
    [InlineData(63)]
    [InlineData(74)]
    public void A_point_in_a_zone_is_in_it_on_a_face_of_any_size_and_on_both_sides(int ipd)
    {
        var face = new FacialFrame(ipd);
        var points =
            from lateral in Gen.Choose(0, 14_000)
            from down in Gen.Choose(-12_000, 26_000)
            select new FacePoint(lateral / 10_000m, down / 10_000m);
        Prop.ForAll(points.ToArbitrary(), point =>
        {
            var measured = face.FromMm(face.ToMm(point.LateralIpd), face.ToMm(point.DownIpd));
            var left = new FacePlace(Side.PatientLeft, measured);
            return Atlas.ZonesAt(measured).SequenceEqual(Atlas.ZonesAt(point))
                && Atlas.ZonesAt(left.Mirrored.Point).SequenceEqual(Atlas.ZonesAt(point))
                && Atlas.Nearest(measured) == Atlas.Nearest(point);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));
    }

    [Theory]
    [InlineData(52, 4.1)]
    [InlineData(63, 5.0)]
    [InlineData(74, 5.8)]
    public void The_strip_along_the_midline_scales_with_the_face(int ipd, double expectedMm)
    {
        var face = new FacialFrame(ipd);
        var zone = Atlas.FindZone("AZ-MIDLINE")!;
        var inside = face.FromMm((decimal)expectedMm - 0.1m, 20);
        var outside = face.FromMm((decimal)expectedMm + 0.2m, 20);
        Assert.True(zone.Contains(inside));
        Assert.False(zone.Contains(outside));
    }

    [Fact]
    public void A_zone_that_forbids_depth_lets_a_shallow_needle_pass()
    {
        var canthus = new FacePoint(0.78m, 0m);
        Assert.DoesNotContain(Atlas.ZonesAgainst(canthus, NeedleDepth.Subcutaneous), zone => zone.Id is "AZ-LR" or "AZ-GLOBE");
        Assert.Contains(Atlas.ZonesAgainst(canthus, NeedleDepth.Mid), zone => zone.Id == "AZ-LR");
        Assert.Contains(Atlas.ZonesAgainst(canthus, NeedleDepth.Deep), zone => zone.Id == "AZ-GLOBE");
        var overPupil = new FacePoint(0.5m, -0.12m);
        Assert.Contains(Atlas.ZonesAgainst(overPupil, NeedleDepth.Superficial), zone => zone.Id == "AZ-LEV");
    }

    [Fact]
    public void An_unknown_id_is_refused_by_name()
    {
        Assert.Null(Atlas.FindSite("ZMAJ"));
        Assert.Contains("ZMAJ", Assert.Throws<ArgumentOutOfRangeException>(() => Atlas.Site("ZMAJ")).Message, StringComparison.Ordinal);
    }

    private static int[] Numbers(string text) => [.. Number().Matches(text).Select(match => int.Parse(match.Value, CultureInfo.InvariantCulture))];

    private static (double X, double Y)[] Mesh()
    {
        using var reader = new StreamReader(typeof(FaceAtlas).Assembly.GetManifestResourceStream("Facialis.Anatomy.Synthesis.FaceTemplate.csv")!);
        reader.ReadLine();
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line =>
        {
            var cells = line.Split(',');
            return (int.Parse(cells[0], CultureInfo.InvariantCulture) / 10_000.0, int.Parse(cells[1], CultureInfo.InvariantCulture) / 10_000.0);
        })];
    }

    [GeneratedRegex("Landmarks \\(right / left\\): (?<right>[^/]+)( / (?<left>.+))?[.]$")]
    private static partial Regex LandmarkList();

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Number();
}
