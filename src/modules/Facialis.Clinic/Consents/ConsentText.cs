using System.Text;
using Facialis.Clinic.Charts;

namespace Facialis.Clinic.Consents;

/// <summary>The text of a consent in one language: a plain file "consent.LANGUAGE.txt" that a translator can edit.</summary>
/// <param name="Version">As the file says.</param>
/// <param name="Language">As the file says, for example "en".</param>
/// <param name="Title">Heading.</param>
/// <param name="Body">Paragraphs, one a line; headings begin with "# "; blanks such as {product} are to be filled.</param>
/// <param name="Fingerprint">Names exactly this file.</param>
internal sealed record ConsentText(string Version, string Language, string Title, string Body, string Fingerprint)
{
    /// <summary>The language that the build has a text in.</summary>
    public const string BuiltLanguage = "en";

    public static readonly IReadOnlyList<string> Blanks = ["condition", "product", "label", "offlabel", "cost", "contact"];

    /// <summary>The texts of all languages there are, the build's own first.</summary>
    public static IReadOnlyList<ConsentText> All(PolicyFiles files) =>
        [.. files.Between("consent.", ".txt").Select(language => Find(files, language)).OfType<ConsentText>().OrderBy(t => t.Language != BuiltLanguage)];

    /// <summary>The text of a language; null where there is no file for it.</summary>
    public static ConsentText? Find(PolicyFiles files, string language) =>
        language.Length is > 0 and <= 12 && language.All(c => char.IsAsciiLetter(c) || c == '-') && files.Find($"consent.{language.ToLowerInvariant()}.txt") is { } file
            ? Read(file)
            : null;

    /// <exception cref="InvalidDataException">The head of the file is not whole, or a blank is missing.</exception>
    public static ConsentText Read(PolicyText file)
    {
        var lines = file.Text.Split('\n');
        string Head(string name) => lines.FirstOrDefault(l => l.StartsWith(name + ": ", StringComparison.Ordinal))?[(name.Length + 2)..].Trim()
            ?? throw new InvalidDataException($"The consent text needs a line \"{name}: ...\".");
        var body = string.Join('\n', lines.SkipWhile(l => !l.StartsWith("# ", StringComparison.Ordinal))).Trim();
        return Blanks.FirstOrDefault(b => !body.Contains($"{{{b}}}", StringComparison.Ordinal)) is { } missing
            ? throw new InvalidDataException($"The consent text has no blank {{{missing}}}.")
            : new ConsentText(Head("version"), Head("language"), Head("title"), body, file.Fingerprint);
    }

    /// <summary>Fills the blanks. The result is what is read, signed and hashed: Unicode normal form C, plain line ends, no blanks at line ends.</summary>
    public string Fill(IReadOnlyDictionary<string, string> values)
    {
        var text = new StringBuilder(Title + "\n\n" + Body);
        foreach (var blank in Blanks)
        {
            var value = values.GetValueOrDefault(blank) is { } given && !string.IsNullOrWhiteSpace(given) ? given.Trim() : "not stated";
            // A brace in an answer must not become a blank of the next round, nor a line break a heading.
            text.Replace($"{{{blank}}}", value.ReplaceLineEndings(" ").Replace('{', '(').Replace('}', ')'));
        }

        return string.Join('\n', text.ToString().Normalize(NormalizationForm.FormC).ReplaceLineEndings("\n").Split('\n').Select(l => l.TrimEnd()));
    }
}
