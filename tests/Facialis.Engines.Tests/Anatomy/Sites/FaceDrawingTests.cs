using Facialis.Anatomy;
using Facialis.Anatomy.Sites;

namespace Facialis.Engines.Tests.Anatomy.Sites;

public sealed class FaceDrawingTests
{
    [Fact]
    public void A_smooth_line_goes_through_its_points_and_is_straight_at_corners()
    {
        var curve = FaceCurve.Through([(0.1, 0, true), (0.4, 0, false), (0.4, 0.3, true)], closed: false);
        Assert.Equal([0.1, 0], curve.Coordinates.Take(2));
        Assert.Equal([0.4, 0], curve.Coordinates.Skip(6).Take(2));
        Assert.Equal([0.4, 0.3], curve.Coordinates.Skip(12));
        Assert.Equal([0.2, 0], curve.Coordinates.Skip(2).Take(2)); // leaves its corner along the straight side
    }

    [Fact]
    public void A_line_that_ends_on_the_midline_crosses_it_level()
    {
        var curve = FaceCurve.Through([(0, 1, false), (0.3, 1.2, false), (0.5, 1.6, false)], closed: false);
        Assert.Equal(1, curve.Coordinates[3]); // its first control point is as high as the point itself
        Assert.True(curve.Coordinates[2] > 0);
    }

    [Fact]
    public void The_drawing_stays_on_its_half_and_has_what_a_face_has()
    {
        Assert.Subset(FaceDrawing.Strokes.Select(s => s.Role).ToHashSet(), new HashSet<string> { "skin", "eye", "iris", "brow", "lip", "mouth", "contour", "line" });
        Assert.Equal(FaceDrawing.Strokes.Count, FaceDrawing.Strokes.Select(s => s.Id).Distinct().Count());
        Assert.All(FaceDrawing.Strokes, stroke =>
        {
            var coordinates = stroke.Curve.Coordinates;
            Assert.Equal(2, coordinates.Count % 6);
            Assert.All(coordinates.Where((_, i) => i % 2 == 0), x => Assert.InRange(x, -0.05, 2));
        });
    }

    [Fact]
    public void The_drawn_eye_lies_where_the_standard_eye_is()
    {
        var eye = FaceDrawing.Strokes.Single(s => s.Id == "eye").Curve.Coordinates;
        var across = eye.Where((_, i) => i % 2 == 0).ToList();
        Assert.Equal(0.29, across.Min(), 0.02);
        Assert.Equal(0.70, across.Max(), 0.02);
        Assert.Throws<ArgumentException>(() => FaceCurve.Through([(0, 0, false)], closed: false));
    }
}
