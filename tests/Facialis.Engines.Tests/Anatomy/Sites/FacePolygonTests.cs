using Facialis.Anatomy;
using Facialis.Anatomy.Sites;
using FsCheck;
using FsCheck.Fluent;

namespace Facialis.Engines.Tests.Anatomy.Sites;

public sealed class FacePolygonTests
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(20_000);

    // An L: a corner is missing, so that the box around it is not the answer.
    private static readonly FacePolygon Bent = new([At(0.2m, 0m), At(0.8m, 0m), At(0.8m, 0.3m), At(0.5m, 0.3m), At(0.5m, 0.6m), At(0.2m, 0.6m)]);

    [Theory]
    [InlineData(0.3, 0.1, true)]
    [InlineData(0.3, 0.5, true)]
    [InlineData(0.7, 0.5, false)]
    [InlineData(0.1, 0.1, false)]
    [InlineData(0.2, 0.6, true)] // a corner
    [InlineData(0.5, 0.45, true)] // an edge
    [InlineData(0.5, 0.3, true)] // the inner corner
    [InlineData(0.5001, 0.3001, false)]
    [InlineData(0.9, 0.3, false)] // on the line of an edge, beyond it
    public void The_edge_belongs_to_the_area(double lateral, double down, bool inside) =>
        Assert.Equal(inside, Bent.Contains(At((decimal)lateral, (decimal)down)));

    [Fact]
    public void The_way_around_changes_nothing() => Prop.ForAll(Points.ToArbitrary(), point =>
        Bent.Contains(point) == new FacePolygon([.. Bent.Corners.Reverse()]).Contains(point)).Check(Many);

    [Fact]
    public void Inside_is_what_a_count_of_rectangles_says() => Prop.ForAll(Points.ToArbitrary(), point =>
    {
        var (x, y) = point;
        var expected = (x is >= 0.2m and <= 0.8m && y is >= 0m and <= 0.3m) || (x is >= 0.2m and <= 0.5m && y is >= 0m and <= 0.6m);
        return Bent.Contains(point) == expected;
    }).Check(Many);

    [Fact]
    public void A_point_is_as_far_away_as_the_nearest_edge()
    {
        Assert.Equal(0, Bent.DistanceIpd(At(0.3m, 0.3m)));
        Assert.Equal(0.1, Bent.DistanceIpd(At(0.9m, 0.1m)), 9);
        Assert.Equal(0.5, Bent.DistanceIpd(At(1.1m, 0.7m)), 9);
        Assert.Equal(0.1, Bent.DistanceIpd(At(0.6m, 0.5m)), 9);
    }

    [Fact]
    public void Two_corners_are_no_area() => Assert.Throws<ArgumentException>(() => new FacePolygon([At(0, 0), At(1, 1)]));

    private static Gen<FacePoint> Points =>
        from lateral in Gen.Choose(0, 100)
        from down in Gen.Choose(-20, 80)
        select new FacePoint(lateral / 100m, down / 100m);

    private static FacePoint At(decimal lateral, decimal down) => new(lateral, down);
}
