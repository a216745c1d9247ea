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
        return [.. urgent.Where(u => u.Lines.Any(line => sentences.Exists(words => Says(words, line)))).Select(u => u.Term).Distinct()];
    }

    private static bool Says(List<string> words, IReadOnlyList<string> line) => line.All(wanted => wanted.EndsWith('*')
        ? words.Exists(w => w.AsSpan().StartsWith(wanted.AsSpan(0, wanted.Length - 1)))
        : words.Contains(wanted));

    /// <summary>Lower case, without accents, umlauts spelled out as people without them type.</summary>
    public static List<string> WordsOf(string text)
    {
        if (Ascii.IsValid(text))
        {
            return PlainWordsOf(text.ToLowerInvariant()); // nothing to spell otherwise
        }

        var spelled = text.ToLowerInvariant().Replace("ä", "ae", StringComparison.Ordinal).Replace("ö", "oe", StringComparison.Ordinal)
            .Replace("ü", "ue", StringComparison.Ordinal).Replace("ß", "ss", StringComparison.Ordinal).Replace('’', '\'').Normalize(NormalizationForm.FormD);
        return PlainWordsOf(string.Concat(spelled.Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)));
    }

    private static List<string> PlainWordsOf(string text)
    {
        List<string> words = [];
        for (var begin = 0; begin < text.Length;)
        {
            var end = begin;
            while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '*' or '\''))
            {
                end++;
            }

            if (end > begin)
            {
                words.Add(text[begin..end]);
            }

            begin = end + 1;
        }

        return words;
    }
}
