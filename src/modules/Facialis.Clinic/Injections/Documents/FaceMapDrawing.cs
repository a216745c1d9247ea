using Facialis.Anatomy;
using Facialis.Anatomy.Sites;
using Facialis.Clinic.Plans;
using Facialis.Clinic.Printing;
using PdfSharp.Drawing;

namespace Facialis.Clinic.Injections.Documents;

/// <summary>The face map on paper: the same face, zones and places as on the screen, the patient's right on the viewer's left.</summary>
internal sealed class FaceMapDrawing
{
    /// <summary>What the map shows, IPD: as wide and high as on the screen.</summary>
    public const double LeftIpd = -1.5;
    public const double TopIpd = -1.3;
    public const double WidthIpd = 3;
    public const double HeightIpd = 3.7;

    /// <summary>Height of the strip above the face that holds the words of the sides, points.</summary>
    public const double WordsPt = 15;
    private const double PointRadiusIpd = 0.055;
    private const double SiteRadiusIpd = 0.03;

    private static readonly IReadOnlyList<IReadOnlyList<decimal>> Zones =
        [.. FaceMapResource.Current.Zones.Where(zone => zone.From == NeedleDepth.Superficial && zone.Id != "AZ-MIDLINE").SelectMany(zone => zone.Areas)];

    private readonly XGraphics _page;
    private readonly double _x;
    private readonly double _y;
    private readonly double _scale;

    /// <param name="page">Where to.</param>
    /// <param name="x">Left edge of the map, points.</param>
    /// <param name="y">Upper edge of the words above it, points.</param>
    /// <param name="width">Width, points.</param>
    public FaceMapDrawing(XGraphics page, double x, double y, double width) => (_page, _x, _y, _scale) = (page, x, y + WordsPt, width / WidthIpd);

    /// <summary>With the words above it, points.</summary>
    public double Height => WordsPt + FaceHeight;

    private double FaceHeight => HeightIpd * _scale;

    /// <summary>The face, its zones, and the words of the sides on both edges.</summary>
    public void DrawFace()
    {
        var frame = new XRect(_x, _y, WidthIpd * _scale, FaceHeight);
        var state = _page.Save();
        _page.IntersectClip(frame);
        foreach (var side in (Side[])[Side.PatientRight, Side.PatientLeft])
        {
            foreach (var stroke in FaceMapResource.Current.Strokes)
            {
                Paint(Path(stroke.Curve, stroke.Closed, side), stroke.Role);
            }
        }

        foreach (var side in (Side[])[Side.PatientRight, Side.PatientLeft])
        {
            foreach (var zone in Zones)
            {
                Hatch([.. zone.Chunk(2).Select(corner => At(side, (double)corner[0], (double)corner[1]))]);
            }
        }

        _page.Restore(state);
        _page.DrawRectangle(Ink.Pen(Ink.Line, 0.6), frame);
        Word("Right", Ink.Right, frame.Left);
        Word("Left", Ink.Left, frame.Right, toTheRight: true);
    }

    /// <summary>The points of a treatment with their numbers.</summary>
    public void DrawPoints(IEnumerable<RecordPoint> points)
    {
        foreach (var point in points)
        {
            var at = At(point.Side, (double)point.LateralIpd, (double)point.DownIpd);
            var radius = PointRadiusIpd * _scale;
            _page.DrawEllipse(
                Ink.Pen(point.Side == Side.PatientRight ? Ink.Right : Ink.Left, 1), XBrushes.White, at.X - radius, at.Y - radius, 2 * radius, 2 * radius);
            var number = point.Number.ToString(System.Globalization.CultureInfo.InvariantCulture);
            var font = Ink.Bold(number.Length > 1 ? 4.9 : 5.6);
            // A digit of this typeface is 0.73 of its size high.
            _page.DrawString(number, font, Ink.Brush(Ink.Text), new XPoint(at.X - (_page.MeasureString(number, font).Width / 2), at.Y + (0.365 * font.Size)));
        }
    }

    /// <summary>Every site where it usually lies, on both sides, for a person to write numbers to.</summary>
    public void DrawSites()
    {
        foreach (var site in FaceMapResource.Current.Sites)
        {
            foreach (var side in (Side[])[Side.PatientRight, Side.PatientLeft])
            {
                var at = At(side, (double)site.Lateral, (double)site.Down);
                var radius = SiteRadiusIpd * _scale;
                _page.DrawEllipse(Ink.Pen(side == Side.PatientRight ? Ink.Right : Ink.Left, 0.7), XBrushes.White, at.X - radius, at.Y - radius, 2 * radius, 2 * radius);
            }
        }
    }

    private XPoint At(Side side, double lateralIpd, double downIpd) => new(
        _x + (((side == Side.PatientRight ? -lateralIpd : lateralIpd) - LeftIpd) * _scale), _y + ((downIpd - TopIpd) * _scale));

    private void Word(string word, XColor colour, double x, bool toTheRight = false)
    {
        const string Whose = "of the patient";
        var (large, small, baseline) = (Ink.Bold(11), Ink.Regular(6.2), _y - WordsPt + 10.5);
        var (wide, whose) = (_page.MeasureString(word, large).Width, _page.MeasureString(Whose, small).Width);
        _page.DrawString(word, large, Ink.Brush(colour), new XPoint(toTheRight ? x - wide : x, baseline));
        _page.DrawString(Whose, small, Ink.Brush(Ink.Soft), new XPoint(toTheRight ? x - wide - 4 - whose : x + wide + 4, baseline));
    }

    private XGraphicsPath Path(IReadOnlyList<double> numbers, bool closed, Side side)
    {
        var path = new XGraphicsPath { FillMode = XFillMode.Winding };
        var from = At(side, numbers[0], numbers[1]);
        for (var i = 2; i < numbers.Count; i += 6)
        {
            var to = At(side, numbers[i + 4], numbers[i + 5]);
            path.AddBezier(from, At(side, numbers[i], numbers[i + 1]), At(side, numbers[i + 2], numbers[i + 3]), to);
            from = to;
        }

        if (closed)
        {
            path.CloseFigure();
        }

        return path;
    }

    private void Paint(XGraphicsPath path, string role)
    {
        if (Fill(role) is { } fill)
        {
            _page.DrawPath(Ink.Brush(fill), path);
        }
        else if (Pen(role) is { } pen)
        {
            _page.DrawPath(pen, path);
        }
    }

    // As in web/face-map/face-map.css, light scheme.
    private static XColor? Fill(string role) => role switch
    {
        "skin" => Ink.Of(0xf8f4ef),
        "shade" => Ink.Of(0xd8c6b6, 0.35),
        "hair" => Ink.Of(0xdfd8d0),
        "brow" => Ink.Of(0x5d5650, 0.6),
        "eye" => Ink.Of(0xfffdfb),
        "iris" => Ink.Of(0x8fa09e),
        "pupil" => Ink.Of(0x37403f),
        "light" => Ink.Of(0xffffff),
        "lash" => Ink.Of(0x5d5650),
        "nostril" => Ink.Of(0xa4988d),
        "lip" => Ink.Of(0xdbb8aa),
        _ => null,
    };

    private static XPen? Pen(string role) => role switch
    {
        "contour" => Round(Ink.Of(0x5d5650), 0.85),
        "line" => Round(Ink.Of(0x5d5650), 0.7),
        "mouth" => Round(Ink.Of(0x5d5650, 0.8), 0.75),
        "fold" => Round(Ink.Of(0xa4988d, 0.8), 0.55),
        "strand" => Round(Ink.Of(0xa4988d, 0.5), 0.5),
        _ => null,
    };

    private static XPen Round(XColor colour, double widthPt) => new(colour, widthPt) { LineCap = XLineCap.Round, LineJoin = XLineJoin.Round };

    private void Hatch(XPoint[] corners)
    {
        var state = _page.Save();
        var path = new XGraphicsPath();
        path.AddPolygon(corners);
        _page.IntersectClip(path);
        var (left, right, top, bottom) = (corners.Min(c => c.X), corners.Max(c => c.X), corners.Min(c => c.Y), corners.Max(c => c.Y));
        var pen = Ink.Pen(Ink.Of(0x9c1c1c, 0.4), 0.4);
        for (var x = left - (bottom - top); x < right; x += 0.07 * _scale)
        {
            _page.DrawLine(pen, x, bottom, x + (bottom - top), top);
        }

        _page.Restore(state);
        _page.DrawPath(new XPen(Ink.Of(0x9c1c1c, 0.45), 0.4) { DashStyle = XDashStyle.Dash }, path);
    }
}
