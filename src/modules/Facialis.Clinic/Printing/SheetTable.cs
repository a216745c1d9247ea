using PdfSharp.Drawing;

namespace Facialis.Clinic.Printing;

/// <summary>A column of a printed table.</summary>
/// <param name="Title">Its head.</param>
/// <param name="WidthMm">How wide.</param>
/// <param name="IsNumber">Set to the right.</param>
internal sealed record SheetColumn(string Title, double WidthMm, bool IsNumber = false);

/// <summary>A cell of a printed table.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Colour">Its colour; that of text unless told.</param>
/// <param name="IsBold">Set bold.</param>
internal sealed record SheetCell(string Text, XColor? Colour = null, bool IsBold = false)
{
    public static implicit operator SheetCell(string text) => new(text);
}

/// <summary>Prints tables. The head comes again on each page; a row is never torn.</summary>
internal static class SheetTable
{
    private const double Padding = 2.6;

    /// <param name="sheet">Where to.</param>
    /// <param name="columns">Columns from left to right.</param>
    /// <param name="rows">As many cells in each as there are columns.</param>
    /// <param name="sizePt">Size of the type.</param>
    /// <param name="leastRowMm">Least height of a row: for rows that a person writes in.</param>
    public static void Draw(Sheet sheet, IReadOnlyList<SheetColumn> columns, IEnumerable<IReadOnlyList<SheetCell>> rows, double sizePt = 7.4, double leastRowMm = 4.4)
    {
        var (font, bold) = (Ink.Regular(sizePt), Ink.Bold(sizePt));
        var head = columns.Select(c => new SheetCell(c.Title, Ink.Text, true)).ToList();
        var headHeight = Height(sheet, columns, head, font, bold, 0);
        sheet.Need(headHeight + Sheet.Mm(2 * leastRowMm));
        Head();
        foreach (var row in rows)
        {
            var height = Height(sheet, columns, row, font, bold, Sheet.Mm(leastRowMm));
            if (sheet.Need(height))
            {
                Head();
            }

            Row(sheet, columns, row, font, bold, height);
            sheet.Rule(widthPt: 0.4);
        }

        void Head()
        {
            sheet.Page.DrawRectangle(Ink.Brush(Ink.Wash), Sheet.Left, sheet.Y, Sheet.Width, headHeight);
            Row(sheet, columns, head, font, bold, headHeight);
            sheet.Rule(Ink.Strong, 0.8);
        }
    }

    private static double Height(Sheet sheet, IReadOnlyList<SheetColumn> columns, IReadOnlyList<SheetCell> row, XFont font, XFont bold, double least) => Math.Max(
        least, row.Select((cell, i) => sheet.HeightOf(cell.Text, cell.IsBold ? bold : font, Inner(columns[i]))).DefaultIfEmpty(0).Max() + Padding);

    private static void Row(Sheet sheet, IReadOnlyList<SheetColumn> columns, IReadOnlyList<SheetCell> row, XFont font, XFont bold, double height)
    {
        var x = Sheet.Left;
        for (var i = 0; i < columns.Count; i++)
        {
            var (column, cell) = (columns[i], row[i]);
            var type = cell.IsBold ? bold : font;
            var lines = sheet.Lines(cell.Text, type, Inner(column));
            var top = sheet.Y + ((height - (lines.Count * Sheet.Leading(type))) / 2);
            foreach (var (line, n) in lines.Select((line, n) => (line, n)))
            {
                sheet.Write(line, type, cell.Colour ?? Ink.Text, x + Padding, top + (n * Sheet.Leading(type)), Inner(column) + 0.1, column.IsNumber);
            }

            x += Sheet.Mm(column.WidthMm);
        }

        sheet.Y += height;
    }

    private static double Inner(SheetColumn column) => Sheet.Mm(column.WidthMm) - (2 * Padding);
}
