using System.Globalization;
using System.Text;

namespace Facialis.Clinic.FollowUps;

/// <summary>Looks for what is urgent in text that somebody typed, in English, German or Spanish.</summary>
/// <remarks>"No trouble swallowing" is found too: one look too many costs a minute.</remarks>
internal static class UrgentText
{
    private static readonly char[] SentenceEnds = ['.', '!', '?', ';', '\n', '\r'];

    /// <summary>Ids of the terms that a text speaks of, each once.</summary>
    public static IReadOnlyList<string> FindIn(string? text, IReadOnlyList<UrgentWords> urgent)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return [];
        }

        var sentences = text.Split(SentenceEnds, StringSplitOptions.RemoveEmptyEntries).Select(WordsOf).ToList();
        return [.. urgent.Where(u => u.Words.Any(line => sentences.Exists(words => Says(words, line)))).Select(u => u.Term).Distinct()];
    }

    private static bool Says(List<string> words, string line) => WordsOf(line).TrueForAll(wanted => wanted.EndsWith('*')
        ? words.Exists(w => w.StartsWith(wanted[..^1], StringComparison.Ordinal))
        : words.Contains(wanted));

    /// <summary>Lower case, without accents, umlauts spelled out as people without them type.</summary>
    private static List<string> WordsOf(string text)
    {
        var spelled = text.ToLowerInvariant().Replace("ä", "ae", StringComparison.Ordinal).Replace("ö", "oe", StringComparison.Ordinal)
            .Replace("ü", "ue", StringComparison.Ordinal).Replace("ß", "ss", StringComparison.Ordinal).Replace('’', '\'').Normalize(NormalizationForm.FormD);
        var plain = new StringBuilder(spelled.Length);
        foreach (var letter in spelled.Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark))
        {
            plain.Append(char.IsLetterOrDigit(letter) || letter is '*' or '\'' ? letter : ' ');
        }

        return [.. plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries)];
    }
}
