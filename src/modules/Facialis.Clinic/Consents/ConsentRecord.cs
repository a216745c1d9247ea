using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Facialis.Clinic.Consents;

/// <summary>What is hashed when a patient signs. Its canonical form has one spelling, so that the hash can be made again at any time.</summary>
/// <param name="PatientId">Whose.</param>
/// <param name="SignedAt">When, UTC, to the millisecond.</param>
/// <param name="Language">Language of the text.</param>
/// <param name="TextVersion">Version of the text.</param>
/// <param name="Text">The whole text as read, blanks filled.</param>
/// <param name="SignerName">Name of who signed.</param>
/// <param name="Strokes">The drawn signature: strokes of x,y pairs in thousandths of the pad, "x,y x,y;x,y ..."; empty where typed.</param>
public sealed record ConsentRecord(Guid PatientId, DateTimeOffset SignedAt, string Language, string TextVersion, string Text, string SignerName, string Strokes)
{
    public const int MaxStrokes = 60_000;

    public static DateTimeOffset ToMillisecond(DateTimeOffset moment) => new(moment.UtcTicks - (moment.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);

    /// <summary>JSON with its members in this order and no blanks, all but plain ASCII escaped: byte for byte the same on every machine.</summary>
    public string Canonical()
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("format", "facialis-consent/1");
            json.WriteString("patient", PatientId.ToString("D"));
            json.WriteString("signedAt", SignedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
            json.WriteString("language", Language);
            json.WriteString("textVersion", TextVersion);
            json.WriteString("text", Text);
            json.WriteString("signer", SignerName.Normalize(NormalizationForm.FormC));
            json.WriteString("strokes", Strokes);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    public static byte[] HashOf(string canonical) => SHA256.HashData(Encoding.UTF8.GetBytes(canonical));

    public static ConsentRecord Parse(string canonical)
    {
        using var json = JsonDocument.Parse(canonical);
        string Text(string name) => json.RootElement.GetProperty(name).GetString() ?? "";
        return new ConsentRecord(
            Guid.Parse(Text("patient")), DateTimeOffset.Parse(Text("signedAt"), CultureInfo.InvariantCulture),
            Text("language"), Text("textVersion"), Text("text"), Text("signer"), Text("strokes"));
    }

    /// <summary>The strokes in their one spelling; null where they are none: at least one stroke of three points, all on the pad.</summary>
    public static string? StrokesFrom(string? sent)
    {
        if (sent is not { Length: > 0 and <= MaxStrokes })
        {
            return null;
        }

        List<string> strokes = [];
        var longest = 0;
        foreach (var stroke in sent.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            List<string> points = [];
            foreach (var point in stroke.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                var parts = point.Split(',');
                if (parts.Length != 2 || !Within(parts[0], out var x) || !Within(parts[1], out var y))
                {
                    return null;
                }

                points.Add(string.Create(CultureInfo.InvariantCulture, $"{x},{y}"));
            }

            longest = Math.Max(longest, points.Count);
            strokes.Add(string.Join(' ', points));
        }

        return longest < 3 ? null : string.Join(';', strokes);

        static bool Within(string text, out int value) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value <= 1000;
    }
}
