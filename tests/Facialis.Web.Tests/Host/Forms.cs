using System.Text.RegularExpressions;

namespace Facialis.Web.Tests.Host;

/// <summary>Fills in and sends a form of a page as a browser without script does.</summary>
public static partial class Forms
{
    /// <summary>Loads the page, takes the hidden fields of the named form, adds what was typed, and sends it.</summary>
    public static async Task<HttpResponseMessage> SendFormAsync(
        this HttpClient browser, string page, string form, Dictionary<string, string> typed)
    {
        var html = await browser.GetStringAsync(page, TestContext.Current.CancellationToken);
        var fields = new Dictionary<string, string>(typed);
        var body = FormElement().Matches(html).Select(m => m.Value).Single(m => m.Contains($"value=\"{form}\"", StringComparison.Ordinal));
        foreach (Match hidden in HiddenField().Matches(body))
        {
            fields[hidden.Groups["name"].Value] = System.Net.WebUtility.HtmlDecode(hidden.Groups["value"].Value);
        }

        return await browser.PostAsync(page, new FormUrlEncodedContent(fields), TestContext.Current.CancellationToken);
    }

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)]
    private static partial Regex FormElement();

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]*)\" value=\"(?<value>[^\"]*)\"")]
    private static partial Regex HiddenField();
}
