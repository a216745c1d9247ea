using System.Text.RegularExpressions;

namespace Facialis.Web.Tests.Host;

/// <summary>Fills in and sends a form of a page as a browser without script does.</summary>
public static partial class Forms
{
    /// <summary>Loads the page, takes the hidden fields of the named form, adds what was typed, and sends it.</summary>
    public static async Task<HttpResponseMessage> SendFormAsync(
        this HttpClient browser, string page, string form, Dictionary<string, string> typed) =>
        await browser.PostAsync(page, await browser.FillFormAsync(page, form, typed), TestContext.Current.CancellationToken);

    /// <summary>The same up to the sending: what is to be posted to the page.</summary>
    public static async Task<FormUrlEncodedContent> FillFormAsync(this HttpClient browser, string page, string form, Dictionary<string, string> typed)
    {
        var html = await browser.GetStringAsync(page, TestContext.Current.CancellationToken);
        var fields = new Dictionary<string, string>(typed);
        var body = FormElement().Matches(html).Select(m => m.Value).Single(m => m.Contains($"value=\"{form}\"", StringComparison.Ordinal));
        foreach (Match hidden in HiddenField().Matches(body))
        {
            fields[hidden.Groups["name"].Value] = System.Net.WebUtility.HtmlDecode(hidden.Groups["value"].Value);
        }

        return new FormUrlEncodedContent(fields);
    }

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)]
    private static partial Regex FormElement();

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]*)\" value=\"(?<value>[^\"]*)\"")]
    private static partial Regex HiddenField();
}
