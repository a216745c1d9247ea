using PdfSharp.Drawing;

namespace Facialis.Clinic.Printing;

/// <summary>Colours and type of printed pages: those of the screen's light scheme, so that right is rust and left is indigo on paper too.</summary>
internal static class Ink
{
    public static readonly XColor Text = Of(0x13211f);
    public static readonly XColor Soft = Of(0x4c5b58);
    public static readonly XColor Line = Of(0xc3ccc8);
    public static readonly XColor Strong = Of(0x7b8a86);
    public static readonly XColor Accent = Of(0x0a5a63);
    public static readonly XColor Wash = Of(0xf1f5f4);
    public static readonly XColor Demonstration = Of(0x5b3b8c);
    public static readonly XColor Wrong = Of(0x9c1c1c);
    public static readonly XColor Right = Of(0x9a4410);
    public static readonly XColor Left = Of(0x3646a3);

    public static XFont Regular(double sizePt) => new(DocumentFonts.Family, sizePt, XFontStyleEx.Regular);

    public static XFont Bold(double sizePt) => new(DocumentFonts.Family, sizePt, XFontStyleEx.Bold);

    public static XColor Of(int rgb, double opacity = 1) =>
        XColor.FromArgb((int)Math.Round(255 * opacity), (rgb >> 16) & 0xff, (rgb >> 8) & 0xff, rgb & 0xff);

    public static XSolidBrush Brush(XColor colour) => new(colour);

    public static XPen Pen(XColor colour, double widthPt) => new(colour, widthPt);
}
