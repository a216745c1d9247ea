using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Facialis.Web.Tests.Clinic.Injections;

/// <summary>Reads a PDF back with poppler, which knows nothing of how it was made.</summary>
internal sealed partial class PdfText
{
    private PdfText(IReadOnlyList<PdfWord> words, int pages) => (Words, Pages) = (words, pages);

    public IReadOnlyList<PdfWord> Words { get; }

    public int Pages { get; }

    /// <summary>All words line by line as a person reads across the page, with one blank between.</summary>
    public string Text => string.Join(' ', Words.GroupBy(w => w.Page).SelectMany(page => Lines([.. page.OrderBy(w => w.MiddleYMm)])).Select(w => w.Text));

    public static async Task<PdfText> ReadAsync(byte[] pdf)
    {
        var html = await RunAsync("pdftotext", ["-bbox", "-", "-"], pdf);
        List<PdfWord> words = [];
        var pages = Page().Split(html)[1..];
        for (var page = 0; page < pages.Length; page++)
        {
            words.AddRange(Word().Matches(pages[page]).Select(m => new PdfWord(
                page + 1, WebUtility.HtmlDecode(m.Groups["text"].Value), Mm(m, "x0"), Mm(m, "y0"), Mm(m, "x1"), Mm(m, "y1"))));
        }

        return new PdfText(words, pages.Length);
    }

    /// <summary>The first page as grey dots, so many to the millimetre.</summary>
    public static async Task<GreyPage> PaintAsync(byte[] pdf, int dotsPerInch)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, pdf, TestContext.Current.CancellationToken);
            await RunAsync("pdftoppm", ["-gray", "-r", dotsPerInch.ToString(CultureInfo.InvariantCulture), "-singlefile", file, file], []);
            var bytes = await File.ReadAllBytesAsync(file + ".pgm", TestContext.Current.CancellationToken);
            var head = PgmHead().Match(System.Text.Encoding.Latin1.GetString(bytes, 0, 40));
            return new GreyPage(bytes[head.Length..], int.Parse(head.Groups["width"].Value, CultureInfo.InvariantCulture), dotsPerInch / 25.4);
        }
        finally
        {
            File.Delete(file);
            File.Delete(file + ".pgm");
        }
    }

    /// <summary>Words whose middles are at one height are a line.</summary>
    private static IEnumerable<PdfWord> Lines(IReadOnlyList<PdfWord> downwards)
    {
        for (var from = 0; from < downwards.Count;)
        {
            var line = downwards.Skip(from).TakeWhile(w => w.MiddleYMm - downwards[from].MiddleYMm < 0.8).ToList();
            from += line.Count;
            foreach (var word in line.OrderBy(w => w.LeftMm))
            {
                yield return word;
            }
        }
    }

    private static async Task<string> RunAsync(string program, string[] arguments, byte[] input)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} of poppler-utils could not be started.");
        var answer = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardInput.BaseStream.WriteAsync(input, TestContext.Current.CancellationToken);
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        return await answer;
    }

    private static double Mm(Match word, string edge) => double.Parse(word.Groups[edge].Value, CultureInfo.InvariantCulture) * 25.4 / 72;

    [GeneratedRegex("<page [^>]*>")]
    private static partial Regex Page();

    [GeneratedRegex("<word xMin=\"(?<x0>[^\"]*)\" yMin=\"(?<y0>[^\"]*)\" xMax=\"(?<x1>[^\"]*)\" yMax=\"(?<y1>[^\"]*)\">(?<text>[^<]*)</word>")]
    private static partial Regex Word();

    [GeneratedRegex(@"^P5\s(?<width>\d+)\s\d+\s255\s")]
    private static partial Regex PgmHead();
}

/// <summary>A word and where it stands on its page, mm from the upper left corner.</summary>
internal sealed record PdfWord(int Page, string Text, double LeftMm, double TopMm, double RightMm, double BottomMm)
{
    public double MiddleXMm => (LeftMm + RightMm) / 2;

    public double MiddleYMm => (TopMm + BottomMm) / 2;
}

/// <summary>A painted page.</summary>
internal sealed class GreyPage(byte[] dots, int width, double dotsPerMm)
{
    public bool IsDark(double xMm, double yMm) => dots[((int)(yMm * dotsPerMm) * width) + (int)(xMm * dotsPerMm)] < 128;
}
