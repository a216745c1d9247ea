using System.Globalization;
using System.Text;
using Facialis.Platform.Clinics;
using Facialis.Platform.Secrets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Facialis.Clinic.Patients;

/// <summary>One keyed token by which a patient can be found: of a word of the name and each of its beginnings, of the birth date, of the phone number.</summary>
internal sealed class PatientWord : IBelongToClinic
{
    public required Guid PatientId { get; init; }

    public required long Token { get; init; }

    public Guid ClinicId { get; private set; }
}

/// <summary>Which tokens a person is kept under, and which a searcher's text asks for.</summary>
internal static class PatientWords
{
    private const string Name = "name";
    private const string Birth = "birth";
    private const string Phone = "phone";
    private const string Identity = "identity";

    /// <summary>From this length on, beginnings of a word find it; single letters would find half the clinic and tell its initials.</summary>
    public const int ShortestBeginning = 2;

    /// <summary>Longer beginnings are compared after opening the name.</summary>
    public const int LongestBeginning = 12;

    private const int ShortestPhone = 6;

    /// <summary>All tokens of a person.</summary>
    public static HashSet<long> Of(Person person, SearchIndex index)
    {
        HashSet<long> tokens = [];
        foreach (var word in WordsOf(person.Name))
        {
            for (var length = Math.Min(ShortestBeginning, word.Length); length <= Math.Min(LongestBeginning, word.Length); length++)
            {
                tokens.Add(index.Token(Name, word[..length]));
            }
        }

        if (person.BirthDate is { } born)
        {
            tokens.Add(index.Token(Birth, born.Iso()));
            tokens.Add(index.Token(Identity, IdentityOf(person, born)));
        }

        if (Digits(person.Phone) is { Length: >= ShortestPhone } phone)
        {
            tokens.Add(index.Token(Phone, phone));
        }

        return tokens;
    }

    /// <summary>The token that two charts of the same name and birth date share; null without a birth date.</summary>
    public static long? IdentityToken(Person person, SearchIndex index) =>
        person.BirthDate is { } born ? index.Token(Identity, IdentityOf(person, born)) : null;

    /// <summary>The tokens that a patient must have to answer a text; empty when the text is too short to ask.</summary>
    public static HashSet<long> Asked(string text, SearchIndex index)
    {
        if (DateFrom(text) is { } born)
        {
            return [index.Token(Birth, born.Iso())];
        }

        if (PhoneFrom(text) is { } phone)
        {
            return [index.Token(Phone, phone)];
        }

        return [.. WordsOf(text).Select(word => index.Token(Name, word[..Math.Min(LongestBeginning, word.Length)]))];
    }

    /// <summary>Whether an opened name answers a text: tokens are cut short, names are not.</summary>
    public static bool Answers(Person person, string text)
    {
        if (DateFrom(text) is { } born)
        {
            return person.BirthDate == born;
        }

        if (PhoneFrom(text) is { } phone)
        {
            return Digits(person.Phone) == phone;
        }

        var own = WordsOf(person.Name);
        return WordsOf(text) is { Count: > 0 } asked && asked.All(a => own.Any(o => o.StartsWith(a, StringComparison.Ordinal)));
    }

    /// <summary>Words in small letters without accents: "Müller-Łęcka" gives "muller" and "lecka".</summary>
    public static IReadOnlyList<string> WordsOf(string text)
    {
        List<string> words = [];
        var word = new StringBuilder();
        foreach (var sign in text.Normalize(NormalizationForm.FormKD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(sign) == UnicodeCategory.NonSpacingMark || sign is '\'' or '\u2019')
            {
                continue; // O'Brien is one word
            }

            if (char.IsLetterOrDigit(sign) || char.IsSurrogate(sign))
            {
                word.Append(Plain(char.ToLowerInvariant(sign)));
            }
            else
            {
                End();
            }
        }

        End();
        return words;

        void End()
        {
            if (word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }
    }

    /// <summary>Letters that do not fall apart into a letter and an accent.</summary>
    private static string Plain(char letter) => letter switch
    {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' or 'ð' => "d",
        'þ' => "th",
        'ı' => "i",
        _ => letter.ToString(),
    };

    private static DateOnly? DateFrom(string text) => DateOnly.TryParseExact(
        text.Trim(), ["yyyy-MM-dd", "d.M.yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static string? PhoneFrom(string text) =>
        !text.Any(char.IsLetter) && Digits(text) is { Length: >= ShortestPhone } phone ? phone : null;

    private static string Digits(string text) => new([.. text.Where(char.IsAsciiDigit)]);

    private static string IdentityOf(Person person, DateOnly born) =>
        string.Join(' ', WordsOf(person.Name).Order(StringComparer.Ordinal)) + "|" + born.Iso();
}

internal sealed class PatientWordTable : IEntityTypeConfiguration<PatientWord>
{
    public void Configure(EntityTypeBuilder<PatientWord> table)
    {
        table.ToTable("clinic_patient_word");
        table.HasKey(w => new { w.PatientId, w.Token });
        table.HasIndex(w => new { w.ClinicId, w.Token });
        table.HasOne<Patient>().WithMany().HasForeignKey(w => w.PatientId).OnDelete(DeleteBehavior.Cascade);
    }
}
