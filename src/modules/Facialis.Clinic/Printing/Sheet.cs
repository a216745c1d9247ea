using System.Globalization;
using PdfSharp.Drawing;
using PdfSharp.Pdf;

namespace Facialis.Clinic.Printing;

/// <summary>A document of A4 pages that is written from top to bottom; what does not fit goes on on the next page. Lengths are points unless a name says mm.</summary>
internal sealed class Sheet : IDisposable
{
    public const double WidthMm = 210;
    public const double HeightMm = 297;
    public const double MarginMm = 12;
    private const double FootMm = 15;

    private readonly PdfDocument _document = new();
    private readonly List<XGraphics> _pages = [];
    private bool _lacksLetters;

    /// <param name="title">Title of the file; never a name.</param>
    /// <param name="clinic">Whose document it is.</param>
    /// <param name="made">When it is made.</param>
    public Sheet(string title, string clinic, DateTime made)
    {
        _document.Info.Title = title;
        _document.Info.Author = clinic;
        _document.Info.Creator = "Facialis";
        _document.Info.CreationDate = made;
        _document.Language = "en";
        _document.ViewerPreferences.DisplayDocTitle = true;
        _document.RenderEvents.RenderTextEvent += (_, text) => _lacksLetters |= text.CodePointGlyphIndexPairs.Any(pair => pair.GlyphIndex == 0 && pair.CodePoint > ' ');
        NewPage();
    }

    /// <summary>Stands at the head of every page but the first: whose page this is, should the sheets fall apart.</summary>
    public string RunningHead { get; set; } = "";

    /// <summary>Stands at the foot of every page.</summary>
    public string Foot { get; set; } = "";

    /// <summary>How far down this page is written.</summary>
    public double Y { get; set; }

    public XGraphics Page => _pages[^1];

    public static double Left => Mm(MarginMm);

    public static double Right => Mm(WidthMm - MarginMm);

    public static double Width => Right - Left;

    public static double Bottom => Mm(HeightMm - FootMm);

    public static double Mm(double millimetres) => millimetres * 72 / 25.4;

    /// <summary>Goes on on a new page where less than this is left.</summary>
    public bool Need(double height)
    {
        if (Y + height <= Bottom)
        {
            return false;
        }

        NewPage();
        return true;
    }

    /// <summary>Goes on on a new page.</summary>
    public void NewPage()
    {
        var page = _document.AddPage();
        (page.Width, page.Height) = (XUnitPt.FromMillimeter(WidthMm), XUnitPt.FromMillimeter(HeightMm));
        _pages.Add(XGraphics.FromPdfPage(page));
        Y = Mm(MarginMm);
        if (_pages.Count > 1 && RunningHead.Length > 0)
        {
            Write(RunningHead, Ink.Regular(7.5), Ink.Soft, Left, Y, Width);
            Y += 12;
            Rule();
            Y += 8;
        }
    }

    public void Rule(XColor? colour = null, double widthPt = 0.6) => Page.DrawLine(Ink.Pen(colour ?? Ink.Line, widthPt), Left, Y, Right, Y);

    /// <summary>One line, cut short with dots where it is too wide.</summary>
    public void Write(string text, XFont font, XColor colour, double x, double y, double width, bool toTheRight = false)
    {
        var shown = text;
        while (shown.Length > 1 && Page.MeasureString(shown, font).Width > width)
        {
            shown = shown.TrimEnd('…')[..^1] + "…";
        }

        var at = toTheRight ? x + width - Page.MeasureString(shown, font).Width : x;
        Page.DrawString(shown, font, Ink.Brush(colour), new XPoint(at, y + Ascent(font)));
    }

    /// <summary>A text in as many lines as it needs, at a place; returns the height.</summary>
    public double Block(string text, XFont font, XColor colour, double x, double y, double width)
    {
        var lines = Lines(text, font, width);
        for (var i = 0; i < lines.Count; i++)
        {
            Page.DrawString(lines[i], font, Ink.Brush(colour), new XPoint(x, y + (i * Leading(font)) + Ascent(font)));
        }

        return lines.Count * Leading(font);
    }

    public double HeightOf(string text, XFont font, double width) => Lines(text, font, width).Count * Leading(font);

    /// <summary>A text over the whole width, from page to page.</summary>
    public void Paragraph(string text, XFont font, XColor colour, double indent = 0, double after = 3)
    {
        foreach (var line in Lines(text, font, Width - indent))
        {
            Need(Leading(font));
            Page.DrawString(line, font, Ink.Brush(colour), new XPoint(Left + indent, Y + Ascent(font)));
            Y += Leading(font);
        }

        Y += after;
    }

    /// <summary>Heading of a part; never the last line of a page.</summary>
    public void Heading(string text)
    {
        Need(48);
        Y += 8;
        Write(text, Ink.Bold(10.5), Ink.Accent, Left, Y, Width);
        Y += 15;
        Rule();
        Y += 5;
    }

    public static double Leading(XFont font) => font.Size * 1.28;

    public static double Ascent(XFont font) => font.Size * 0.95;

    /// <summary>Breaks a text at its own line ends, at blanks, and where a word is wider than the line.</summary>
    public IReadOnlyList<string> Lines(string text, XFont font, double width)
    {
        List<string> lines = [];
        foreach (var own in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var line = "";
            foreach (var word in own.Split(' ').SelectMany(word => Pieces(word, font, width)))
            {
                var longer = line.Length == 0 ? word : $"{line} {word}";
                if (line.Length > 0 && Page.MeasureString(longer, font).Width > width)
                {
                    lines.Add(line);
                    longer = word;
                }

                line = longer;
            }

            lines.Add(line);
        }

        return lines;
    }

    /// <summary>The finished file.</summary>
    public byte[] Save()
    {
        var lacking = _lacksLetters;
        for (var i = 0; i < _pages.Count; i++)
        {
            var font = Ink.Regular(6.8);
            var y = Mm(HeightMm - 11);
            var number = string.Create(CultureInfo.InvariantCulture, $"Page {i + 1} of {_pages.Count}");
            _pages[i].DrawLine(Ink.Pen(Ink.Line, 0.6), Left, y - 3, Right, y - 3);
            _pages[i].DrawString(Foot, font, Ink.Brush(Ink.Soft), new XPoint(Left, y + Ascent(font)));
            _pages[i].DrawString(number, font, Ink.Brush(Ink.Soft), new XPoint(Right - _pages[i].MeasureString(number, font).Width, y + Ascent(font)));
            if (lacking)
            {
                _pages[i].DrawString(
                    "Some letters of this document are not in its typeface and show as boxes. Compare with the screen.", Ink.Bold(6.8), Ink.Brush(Ink.Wrong),
                    new XPoint(Left, y + Ascent(font) + 9));
            }

            _pages[i].Dispose();
        }

        _pages.Clear();
        using var file = new MemoryStream();
        _document.Save(file, closeStream: false);
        return file.ToArray();
    }

    public void Dispose()
    {
        _pages.ForEach(page => page.Dispose());
        _document.Dispose();
    }

    private IEnumerable<string> Pieces(string word, XFont font, double width)
    {
        while (word.Length > 1 && Page.MeasureString(word, font).Width > width)
        {
            var fits = word.Length - 1;
            while (fits > 1 && Page.MeasureString(word[..fits], font).Width > width)
            {
                fits--;
            }

            yield return word[..fits];
            word = word[fits..];
        }

        yield return word;
    }
}
