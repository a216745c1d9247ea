using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using PdfSharp.Fonts;

namespace Facialis.Clinic.Printing;

/// <summary>The typeface of every printed page. It comes with the islands into wwwroot/fonts, so that print looks the same on every machine.</summary>
internal sealed class DocumentFonts(IWebHostEnvironment host)
{
    public const string Family = "DejaVu Sans";
    private const string Regular = "DejaVuSans.ttf";
    private const string Bold = "DejaVuSans-Bold.ttf";

    // PDFsharp knows one source of fonts for the whole process.
    private static readonly Lock OneSource = new();

    private string Folder => Path.Combine(host.WebRootPath ?? "", "fonts");

    /// <summary>True where the fonts are there; from then on pages can be set in them.</summary>
    public bool AreReady()
    {
        if (!File.Exists(Path.Combine(Folder, Regular)) || !File.Exists(Path.Combine(Folder, Bold)))
        {
            return false;
        }

        lock (OneSource)
        {
            GlobalFontSettings.FontResolver ??= new FromFolder(Folder);
        }

        return true;
    }

    /// <summary>What a person reads where the fonts are not there.</summary>
    public static ProblemHttpResult Missing() => TypedResults.Problem(
        "The fonts for printed pages are missing on this server: wwwroot/fonts is made by the build of Facialis.Web together with the islands. "
        + "Tell whoever runs the server; the same is on the screen meanwhile.",
        title: "No page can be printed.", statusCode: StatusCodes.Status503ServiceUnavailable);

    private sealed class FromFolder(string folder) : IFontResolver
    {
        public FontResolverInfo? ResolveTypeface(string familyName, bool bold, bool italic) => new(bold ? Bold : Regular);

        public byte[]? GetFont(string faceName) => File.ReadAllBytes(Path.Combine(folder, faceName));
    }
}
