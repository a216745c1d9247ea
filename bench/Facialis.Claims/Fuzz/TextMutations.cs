using System.Text;
using System.Text.RegularExpressions;

namespace Facialis.Claims.Fuzz;

/// <summary>Damage that text takes from editors, spreadsheets and other programs.</summary>
internal static partial class TextMutations
{
    private static readonly string[] Intruders =
    [
        "", "-", "NaN", "Infinity", "-1e309", "1e308", "99999999999999999999", "-1", "0", "0.5.5", "1,5", "\"", "\"\"", "null", "true",
        "{", "}", "[", "]", "[[[[", ",", ",,,,", ";", "\n", "\r", "\r\n\r\n", "\0", "\uFEFF", "\uD83D\uDE42", "#", "x_0", "x_99999", "time_s", " ",
    ];

    /// <summary>Damage to text; bytes that are no text are kept as they are.</summary>
    public static IReadOnlyList<(string Name, Mutate Mutate)> Any { get; } =
    [
        ("number replaced", (file, chance) => Replace(file, chance, Number(), Intruders)),
        ("word replaced", (file, chance) => Replace(file, chance, Word(), Intruders)),
        ("mark replaced", (file, chance) => Replace(file, chance, Mark(), Intruders)),
        ("line doubled", (file, chance) => Lines(file, chance, (lines, at) => lines.Insert(at, lines[at]))),
        ("line removed", (file, chance) => Lines(file, chance, (lines, at) => lines.RemoveAt(at))),
        ("lines swapped", (file, chance) => Lines(file, chance, (lines, at) => (lines[at], lines[0]) = (lines[0], lines[at]))),
        ("very long line", (file, chance) => Replace(file, chance, Mark(), [new string('9', 200_000), new string(',', 200_000), new string('[', 100_000), new string(' ', 300_000)])),
    ];

    private static byte[] Replace(byte[] file, Random chance, Regex pattern, string[] intruders)
    {
        var text = Encoding.Latin1.GetString(file);
        var matches = pattern.Matches(text);
        if (matches.Count == 0)
        {
            return file;
        }

        // Half of the time among the first few, where headers are.
        var match = matches[chance.Next(2) == 0 ? chance.Next(Math.Min(12, matches.Count)) : chance.Next(matches.Count)];
        var intruder = Encoding.UTF8.GetBytes(intruders[chance.Next(intruders.Length)]);
        return [.. file[..match.Index], .. intruder, .. file[(match.Index + match.Length)..]];
    }

    private static byte[] Lines(byte[] file, Random chance, Action<List<string>, int> change)
    {
        var lines = Encoding.Latin1.GetString(file).Split('\n').ToList();
        change(lines, chance.Next(lines.Count));
        return Encoding.Latin1.GetBytes(string.Join('\n', lines));
    }

    [GeneratedRegex(@"-?[0-9]+(\.[0-9]+)?(e-?[0-9]+)?")]
    private static partial Regex Number();

    [GeneratedRegex(@"[A-Za-z_][A-Za-z_0-9]*")]
    private static partial Regex Word();

    [GeneratedRegex(@"[,:{}\[\]\x22\n]")]
    private static partial Regex Mark();
}
