using System.Net;
using System.Text.RegularExpressions;

namespace Facialis.Web.Tests.Isolation;

/// <summary>Makes probes of the forms that a page shows: everything filled in as a person might, and an id in the place of every id.</summary>
/// <remarks>So a form is probed whatever way its page reads it, and with the page's own address, where only the body is foreign.</remarks>
internal static partial class ShownForms
{
    /// <summary>Forms that go to another address (signing out, locking) are routes, and probed as such.</summary>
    public static IEnumerable<RouteProbe> Of(string page, string html) => FormElement().Matches(html)
        .Where(form => form.Groups["head"].Value.Contains("method=\"post\"", StringComparison.Ordinal)
            && form.Groups["head"].Value.Contains($"action=\"{page}\"", StringComparison.Ordinal))
        .Select(form => new RouteProbe(
            $"POST {page} shown form {Handler().Match(form.Value).Groups["name"].Value}", HttpMethod.Post, _ => page, null, id => Fields(form.Value, id)));

    private static Dictionary<string, string> Fields(string form, Guid id)
    {
        Dictionary<string, string> fields = [];
        foreach (Match input in Input().Matches(form))
        {
            var attributes = Attribute().Matches(input.Value).ToDictionary(a => a.Groups["name"].Value, a => WebUtility.HtmlDecode(a.Groups["value"].Value));
            if (attributes.TryGetValue("name", out var name) && name != "__RequestVerificationToken")
            {
                // Of several choices the first one; what is hidden keeps its value, but for its ids.
                fields.TryAdd(name, attributes.GetValueOrDefault("type") switch
                {
                    "hidden" or "radio" or "checkbox" => Id().Replace(attributes.GetValueOrDefault("value", ""), id.ToString()),
                    "number" => attributes.GetValueOrDefault("min", "1"),
                    "date" => "2027-05-31",
                    "time" => "09:00",
                    _ => "1",
                });
            }
        }

        foreach (Match choice in Choice().Matches(form))
        {
            fields[choice.Groups["name"].Value] = Id().Replace(
                Option().Matches(choice.Value).Select(o => WebUtility.HtmlDecode(o.Groups["value"].Value)).FirstOrDefault(v => v.Length > 0) ?? "", id.ToString());
        }

        foreach (Match text in TextArea().Matches(form))
        {
            fields[text.Groups["name"].Value] = "1";
        }

        return fields;
    }

    [GeneratedRegex("<form(?<head>[^>]*)>.*?</form>", RegexOptions.Singleline)]
    private static partial Regex FormElement();

    [GeneratedRegex("name=\"_handler\" value=\"(?<name>[^\"]*)\"")]
    private static partial Regex Handler();

    [GeneratedRegex("<input[^>]*>")]
    private static partial Regex Input();

    [GeneratedRegex("(?<name>[a-zA-Z_-]+)=\"(?<value>[^\"]*)\"")]
    private static partial Regex Attribute();

    [GeneratedRegex("<select[^>]*name=\"(?<name>[^\"]+)\".*?</select>", RegexOptions.Singleline)]
    private static partial Regex Choice();

    [GeneratedRegex("<option value=\"(?<value>[^\"]*)\"")]
    private static partial Regex Option();

    [GeneratedRegex("<textarea[^>]*name=\"(?<name>[^\"]+)\"")]
    private static partial Regex TextArea();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", RegexOptions.IgnoreCase)]
    private static partial Regex Id();
}
