using System.Globalization;
using System.Net.Mail;
using System.Security.Cryptography;
using System.Text.Json;
using Facialis.Platform.Secrets;

namespace Facialis.Clinic.Patients;

/// <summary>Who a patient is: all that is encrypted under the patient's own key. Empty text where nothing is known.</summary>
/// <param name="FamilyName">As the patient writes it.</param>
/// <param name="GivenName">As the patient writes it.</param>
/// <param name="BirthDate">Null where not known.</param>
/// <param name="Phone">As typed.</param>
/// <param name="Email">As typed.</param>
/// <param name="Notes">For colleagues.</param>
public sealed record Person(string FamilyName, string GivenName, DateOnly? BirthDate, string Phone, string Email, string Notes)
{
    public const int MaxName = 100;
    public const int MaxContact = 200;
    public const int MaxNotes = 4000;
    private const string Table = "clinic_patient";
    private const string Field = "person";

    /// <summary>A patient of whom only the chart code is known.</summary>
    public static readonly Person Nobody = new("", "", null, "", "", "");

    /// <summary>"Baker, Ruth".</summary>
    public string Name => string.Join(", ", new[] { FamilyName, GivenName }.Where(n => n.Length > 0));

    /// <summary>"R. B."; empty where no name is known.</summary>
    public string Initials() => string.Join(' ', new[] { GivenName, FamilyName }.Where(n => n.Length > 0).Select(n => $"{StringInfo.GetNextTextElement(n)}."));

    /// <summary>Whole years lived on a day; null without a birth date.</summary>
    public int? AgeOn(DateOnly day) => BirthDate is not { } born ? null
        : day.Year - born.Year - (day.Month < born.Month || (day.Month == born.Month && day.Day < born.Day) ? 1 : 0);

    /// <summary>Takes away blanks around what was typed.</summary>
    public static Person From(string? familyName, string? givenName, DateOnly? birthDate, string? phone, string? email, string? notes) =>
        new(Tidy(familyName), Tidy(givenName), birthDate, Tidy(phone), Tidy(email), (notes ?? "").Trim().ReplaceLineEndings("\n"));

    /// <summary>What is wrong, by field; empty when all is well.</summary>
    /// <param name="today">The day in the clinic.</param>
    public Dictionary<string, string> Faults(DateOnly today)
    {
        Dictionary<string, string> faults = [];
        if (Name.Length == 0 && this != Nobody)
        {
            faults[nameof(FamilyName)] = "Give a family name or a given name.";
        }

        TooLong(nameof(FamilyName), FamilyName, MaxName);
        TooLong(nameof(GivenName), GivenName, MaxName);
        TooLong(nameof(Phone), Phone, MaxContact);
        TooLong(nameof(Email), Email, MaxContact);
        TooLong(nameof(Notes), Notes, MaxNotes);
        if (BirthDate is { } born && (born > today || born < today.AddYears(-125)))
        {
            faults[nameof(BirthDate)] = "The date of birth must lie in the past, at most 125 years back.";
        }

        if (Email.Length > 0 && !MailAddress.TryCreate(Email, out _))
        {
            faults[nameof(Email)] = "This is not an e-mail address.";
        }

        if (Phone.Length > 0 && (!Phone.Any(char.IsAsciiDigit) || Phone.Any(c => !char.IsAsciiDigit(c) && !"+-/(). ".Contains(c, StringComparison.Ordinal))))
        {
            faults[nameof(Phone)] = "A phone number has digits, blanks and the signs + - / ( ) . only.";
        }

        return faults;

        void TooLong(string field, string value, int most)
        {
            if (value.Length > most)
            {
                faults[field] = string.Create(CultureInfo.InvariantCulture, $"At most {most} signs.");
            }
        }
    }

    /// <summary>Names of the fields in which two persons differ, for the audit log, which must not hold what is in them.</summary>
    internal static string ChangedFields(Person before, Person after) => "changed: " + string.Join(", ", new[]
    {
        before.FamilyName != after.FamilyName ? "family name" : null,
        before.GivenName != after.GivenName ? "given name" : null,
        before.BirthDate != after.BirthDate ? "birth date" : null,
        before.Phone != after.Phone ? "phone" : null,
        before.Email != after.Email ? "e-mail" : null,
        before.Notes != after.Notes ? "notes" : null,
    }.OfType<string>());

    internal byte[] Seal(SubjectCipher cipher, Guid patient)
    {
        var json = JsonSerializer.Serialize(this);
        // Filled up with blanks, so that the length says nothing about the name.
        return cipher.Seal(Table, patient, Field, json.PadRight((json.Length + 255) / 256 * 256));
    }

    /// <exception cref="CryptographicException">It was changed outside the program or belongs to another row.</exception>
    internal static Person Open(SubjectCipher cipher, Guid patient, byte[] sealedPerson) =>
        JsonSerializer.Deserialize<Person>(cipher.Open(Table, patient, Field, sealedPerson)) ?? Nobody;

    private static string Tidy(string? typed) => string.Join(' ', (typed ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
