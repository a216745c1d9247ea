using Facialis.Anatomy;
using FsCheck;
using FsCheck.Fluent;

namespace Facialis.Engines.Tests.Anatomy;

/// <summary>What holds for every place on every face: sides, mirrors and sizes.</summary>
public sealed class FaceFrameLawsTests
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(100_000);

    private static readonly Gen<FacePoint> Points =
        from lateral in Gen.Choose(0, 14_000)
        from down in Gen.Choose(-12_000, 26_000)
        select new FacePoint(lateral / 10_000m, down / 10_000m);

    private static readonly Gen<FacePlace> Places =
        from side in Gen.Elements(Side.PatientRight, Side.PatientLeft)
        from point in Points
        select new FacePlace(side, point);

    private static readonly Gen<decimal> Sizes = Gen.Choose(400, 850).Select(tenths => tenths / 10m);

    [Fact]
    public void Mirrored_twice_is_the_same_place_and_once_the_other_side() => Prop.ForAll(Places.ToArbitrary(), place =>
        place.Mirrored.Mirrored == place && place.Mirrored.Side == place.Side.Opposite() && place.Mirrored.Point == place.Point
        && place.Mirrored.TowardsLeftIpd == -place.TowardsLeftIpd).Check(Many);

    [Fact]
    public void A_placed_point_keeps_its_identity_and_site_in_the_mirror() => Prop.ForAll(Places.ToArbitrary(), place =>
    {
        var placed = new PlacedPoint(Guid.Parse("0198f000-0000-7000-8000-000000000001"), "ZMAJ_UP", place.Side, place.Point);
        return placed.Mirrored().Mirrored() == placed && placed.Mirrored().Id == placed.Id && placed.Mirrored().SiteId == placed.SiteId
            && placed.Mirrored().Place == place.Mirrored;
    }).Check(Many);

    [Fact]
    public void The_side_of_a_stored_place_is_the_side_worked_out_from_where_it_is_drawn() => Prop.ForAll(Places.ToArbitrary(), place =>
        FacePlace.FromSigned(place.TowardsLeftIpd, place.Point.DownIpd, onMidline: place.Side) == place).Check(Many);

    [Fact]
    public void Millimetres_and_back_is_the_same_point_on_a_face_of_any_size() => Prop.ForAll(Points.ToArbitrary(), Sizes.ToArbitrary(), (point, ipd) =>
    {
        var face = new FacialFrame(ipd);
        return face.FromMm(face.ToMm(point.LateralIpd), face.ToMm(point.DownIpd)) == point;
    }).Check(Many);

    [Fact]
    public void A_distance_is_the_same_both_ways_and_in_the_mirror() => Prop.ForAll(Places.ToArbitrary(), Places.ToArbitrary(), (first, second) =>
    {
        var face = FacialFrame.Usual;
        return face.DistanceMm(first, second) == face.DistanceMm(second, first)
            && face.DistanceMm(first, second) == face.DistanceMm(first.Mirrored, second.Mirrored);
    }).Check(Many);

    [Theory]
    [InlineData(52, 13.0)]
    [InlineData(63, 15.75)]
    [InlineData(74, 18.5)]
    public void The_distance_from_the_midline_grows_with_the_face(int ipd, double expected)
    {
        var point = new FacePoint(0.25m, 0.4m);
        var face = new FacialFrame(ipd);
        Assert.Equal((decimal)expected, face.MidlineDistanceMm(point));
        Assert.Equal(2 * expected, face.DistanceMm(new(Side.PatientRight, point), new(Side.PatientLeft, point)), 9);
    }

    [Theory]
    [InlineData(-0.0001, 0)]
    [InlineData(3.0001, 0)]
    [InlineData(0.5, -3.0001)]
    [InlineData(0.5, 3.0001)]
    [InlineData(0.12345, 0)]
    [InlineData(0, 0.12345)]
    public void A_place_that_is_off_the_face_or_finer_than_kept_is_refused(double lateral, double down) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new FacePoint((decimal)lateral, (decimal)down));

    [Theory]
    [InlineData(39.9)]
    [InlineData(85.1)]
    [InlineData(0)]
    [InlineData(-63)]
    public void A_length_that_no_face_has_is_refused_as_its_size(double ipd) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new FacialFrame((decimal)ipd));

    [Fact]
    public void A_place_on_the_midline_takes_the_side_that_is_named()
    {
        Assert.Equal(Side.PatientLeft, FacePlace.FromSigned(0, 0.3m, Side.PatientLeft).Side);
        Assert.Equal(Side.PatientRight, FacePlace.FromSigned(0.00001m, 0.3m, Side.PatientRight).Side);
        Assert.Equal(Side.PatientLeft, FacePlace.FromSigned(0.0001m, 0.3m, Side.PatientRight).Side);
    }
}
