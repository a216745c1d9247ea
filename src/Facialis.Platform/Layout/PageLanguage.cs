namespace Facialis.Platform.Layout;

/// <summary>The language of a page that is not English, for screen readers and hyphenation.</summary>
public static class PageLanguage
{
    /// <summary>Key among the items of a request: an IETF tag such as "de", set before the page is drawn.</summary>
    public const string Key = "facialis-page-language";
}
