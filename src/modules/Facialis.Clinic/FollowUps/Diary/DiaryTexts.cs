using System.Globalization;
using System.Resources;

namespace Facialis.Clinic.FollowUps.Diary;

/// <summary>The diary's words in one language, from DiaryTexts.resx and its translations, which a translator edits.</summary>
internal sealed class DiaryTexts
{
    private static readonly ResourceManager Resources = new("Facialis.Clinic.FollowUps.Diary.DiaryTexts", typeof(DiaryTexts).Assembly);

    private readonly CultureInfo _culture;

    private DiaryTexts(string tag) => (Tag, _culture) = (tag, CultureInfo.GetCultureInfo(tag));

    /// <summary>Languages that there are, the first for whoever wants another.</summary>
    public static IReadOnlyList<(string Tag, string Name)> Languages { get; } = [("en", "English"), ("de", "Deutsch"), ("es", "Español")];

    /// <summary>IETF tag.</summary>
    public string Tag { get; }

    /// <summary>A sentence by its name.</summary>
    /// <exception cref="MissingManifestResourceException">There is no such sentence.</exception>
    public string this[string name] => Resources.GetString(name, _culture) ?? throw new MissingManifestResourceException($"The diary has no text \"{name}\".");

    /// <summary>"3 March 2026" as the language writes it.</summary>
    public string Day(DateOnly day) => day.ToString("D", _culture);

    public static DiaryTexts Of(string? tag) => new(Languages.Any(l => l.Tag == tag) ? tag! : Languages[0].Tag); // looked for
}
