using System.Globalization;
using Facialis.Anatomy;
using Facialis.Anatomy.Landmarks;
using Facialis.Anatomy.Sites;
using FsCheck;
using FsCheck.Fluent;

namespace Facialis.Engines.Tests.Anatomy.Sites;

/// <summary>The standard face laid on a patient's, from landmarks in a picture.</summary>
public sealed class PatientFaceTests
{
    private static readonly LandmarkScheme Scheme = LandmarkScheme.MediaPipeRefined;
    private static readonly (double X, double Y)[] Mesh = Read();

    /// <summary>Pixels between the pupils, tilt in degrees, width and length of the face against the standard one.</summary>
    public static readonly TheoryData<double, double, double, double> Faces = new()
    {
        { 60, 0, 1, 1 }, { 180, 12, 0.9, 1.08 }, { 420, -20, 1.12, 0.94 },
    };

    [Fact]
    public void The_standard_face_lies_on_itself()
    {
        var face = PatientFace.Fit(Scheme, Picture(100, 0, 1, 1), mirrored: false);
        Assert.All(FaceAtlas.Current.Sites, site => Near(0.002, face.Grid, Side.PatientLeft, site.UsualPoint, ((double)site.UsualPoint.LateralIpd, (double)site.UsualPoint.DownIpd)));
    }

    [Theory]
    [MemberData(nameof(Faces))]
    public void Sites_go_with_a_wider_longer_tilted_face_of_any_size(double pixels, double tilt, double width, double length)
    {
        var face = PatientFace.Fit(Scheme, Picture(pixels, tilt, width, length), mirrored: false);
        Assert.Equal(tilt, face.EyesTiltDegrees, 6);
        // Width is measured against the patient's own pupils, so a face is longer or shorter by the ratio.
        Assert.All(FaceAtlas.Current.Sites.Where(site => site.Id != "PLAT"), site => Near(
            0.01, face.Grid, Side.PatientRight, site.UsualPoint, (-(double)site.UsualPoint.LateralIpd, (double)site.UsualPoint.DownIpd * length / width)));
    }

    [Fact]
    public void A_mirrored_picture_known_to_be_one_gives_the_same_face()
    {
        // One corner of the mouth hangs, so that the two halves differ.
        var hanging = Scheme.Of(Side.PatientLeft).MouthCorner;
        (double X, double Y)? Seen(int index) => Picture(200, 8, 1, 1)(index) is { } at ? (at.X, at.Y + (index == hanging ? 14 : 0)) : null;
        // What a tracker finds in the mirror image: its landmark i is where the patient's partner of i is.
        (double X, double Y)? Mirror(int index) => Seen(Scheme.MirrorOf(index)) is { } at ? (1000 - at.X, at.Y) : null;

        var plain = PatientFace.Fit(Scheme, Seen, mirrored: false);
        var mirrored = PatientFace.Fit(Scheme, Mirror, mirrored: true);

        foreach (var (first, second) in plain.Grid.Knots.Zip(mirrored.Grid.Knots))
        {
            Assert.Equal(first, second, 0.0001);
        }

        var left = plain.Grid.ToPatient(0.39, 1.11).Y;
        var right = plain.Grid.ToPatient(-0.39, 1.11).Y;
        Assert.InRange(left - right, 0.05, 0.08); // 14 of 200 pixels
        Assert.Equal(plain.Outlines.Select(o => o.Name), mirrored.Outlines.Select(o => o.Name));
    }

    [Fact]
    public void There_and_back_is_the_same_place_on_a_bent_face()
    {
        var face = PatientFace.Fit(Scheme, Picture(150, 10, 0.92, 1.06), mirrored: false);
        var places =
            from x in Gen.Choose(-1200, 1200)
            from y in Gen.Choose(-1000, 1900)
            select (X: x / 1000.0, Y: y / 1000.0);
        Prop.ForAll(places.ToArbitrary(), place =>
        {
            var (x, y) = face.Grid.ToPatient(place.X, place.Y);
            return face.Grid.ToStandard(x, y) is { } back && Math.Abs(back.X - place.X) < 1e-6 && Math.Abs(back.Y - place.Y) < 1e-6;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }

    [Fact]
    public void A_zone_seen_on_the_patient_is_the_zone_of_the_standard_face()
    {
        var face = PatientFace.Fit(Scheme, Picture(150, -15, 1.1, 0.95), mirrored: false);
        var levator = FaceAtlas.Current.FindZone("AZ-LEV")!;
        foreach (var (lateral, down) in new[] { (0.5m, -0.15m), (0.66m, -0.07m), (0.43m, -0.2m), (0.35m, -0.07m) })
        {
            var drawn = face.Grid.ToPatient((double)lateral, (double)down);
            var back = face.Grid.ToStandard(drawn.X, drawn.Y)!.Value; // within the grid
            var place = FacePlace.FromSigned((decimal)Math.Round(back.X, 4), (decimal)Math.Round(back.Y, 4), Side.PatientRight);
            Assert.Equal(Side.PatientLeft, place.Side);
            Assert.Equal(levator.Contains(new FacePoint(lateral, down)), levator.Contains(place.Point));
        }
    }

    [Fact]
    public void Landmarks_without_pupils_are_refused()
    {
        Assert.Throws<ArgumentException>(() => PatientFace.Fit(LandmarkScheme.MediaPipePlain, Picture(100, 0, 1, 1), mirrored: false));
        Assert.Throws<ArgumentException>(() => PatientFace.Fit(Scheme, index => index >= 468 ? null : (1, 1), mirrored: false));
        Assert.Throws<ArgumentException>(() => PatientFace.Fit(Scheme, _ => (5, 5), mirrored: false));
    }

    private static void Near(double within, FaceGrid grid, Side side, FacePoint point, (double X, double Y) expected)
    {
        var place = new FacePlace(side, point);
        var (x, y) = grid.ToPatient((double)place.TowardsLeftIpd, (double)place.Point.DownIpd);
        Assert.InRange(double.Hypot(x - expected.X, y - expected.Y), 0, within);
    }

    /// <summary>The mesh in a picture: the patient's right on the picture's left, as a camera sees it.</summary>
    private static Func<int, (double X, double Y)?> Picture(double pixels, double tilt, double width, double length)
    {
        var angle = tilt * Math.PI / 180;
        return index =>
        {
            var (x, y) = (Mesh[index].X * pixels, (Mesh[index].Y - Mesh[468].Y) * pixels * length / width);
            return (500 + (x * Math.Cos(angle)) - (y * Math.Sin(angle)), 400 + (x * Math.Sin(angle)) + (y * Math.Cos(angle)));
        };
    }

    private static (double X, double Y)[] Read()
    {
        using var reader = new StreamReader(typeof(FaceAtlas).Assembly.GetManifestResourceStream("Facialis.Anatomy.Synthesis.FaceTemplate.csv")!);
        reader.ReadLine();
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line =>
        {
            var cells = line.Split(',');
            return (int.Parse(cells[0], CultureInfo.InvariantCulture) / 10_000.0, int.Parse(cells[1], CultureInfo.InvariantCulture) / 10_000.0);
        })];
    }
}
