using PdfSharp.Drawing;
using QRCoder;

namespace Facialis.Clinic.Printing;

/// <summary>A QR code as a drawing of squares, sharp at every resolution.</summary>
internal static class QrDrawing
{
    /// <summary>Draws it with its quiet border.</summary>
    /// <param name="page">Where to.</param>
    /// <param name="text">What it says.</param>
    /// <param name="x">Left edge, points.</param>
    /// <param name="y">Upper edge, points.</param>
    /// <param name="side">Width and height, points.</param>
    public static void Draw(XGraphics page, string text, double x, double y, double side)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var modules = code.ModuleMatrix;
        var step = side / modules.Count;
        for (var row = 0; row < modules.Count; row++)
        {
            // Neighbours are one bar: fine seams between squares would show on some printers.
            for (var from = 0; from < modules.Count; from++)
            {
                var to = from;
                while (to < modules.Count && modules[row][to])
                {
                    to++;
                }

                if (to > from)
                {
                    page.DrawRectangle(XBrushes.Black, x + (from * step), y + (row * step), (to - from) * step, step);
                    from = to;
                }
            }
        }
    }
}
