using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Facialis.Platform.Clinics;
using Facialis.Platform.Hosting;

namespace Facialis.Clinic.Charts;

/// <summary>Texts and lists that a clinic may replace by files of its own, without a new build: codes, checklist, consent, licensed wording.</summary>
/// <remarks>
/// Looked for as "policy/CLINIC-ID/NAME", then "policy/NAME" in the data folder, then in the build. Rows keep the version that was used.
/// </remarks>
internal sealed class PolicyFiles(FacialisSettings settings, CurrentClinic clinic)
{
    /// <summary>The build's own texts, which cannot change while the program runs; null for a name that the build has not.</summary>
    private static readonly ConcurrentDictionary<string, PolicyText?> BuiltTexts = new(StringComparer.Ordinal);

    /// <summary>What was made of each file last, with the fingerprint of its text.</summary>
    private static readonly ConcurrentDictionary<string, (string Fingerprint, object Facts)> LastRead = new(StringComparer.Ordinal);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    private string Folder => Path.Combine(settings.DataFolderPath, "policy");

    /// <summary>The text of a file; null where neither clinic, installation nor build has it.</summary>
    /// <param name="name">A name that the program makes itself, never one that a request gives.</param>
    public PolicyText? Find(string name)
    {
        foreach (var path in new[] { Path.Combine(Folder, clinic.Id.ToString("D"), name), Path.Combine(Folder, name) })
        {
            if (File.Exists(path))
            {
                return Of(File.ReadAllText(path), isOwn: true);
            }
        }

        return BuiltTexts.GetOrAdd(name, Built);
    }

    /// <summary>What a file of the build's says, read anew only where its text is another than the last time: every review asks for it.</summary>
    /// <param name="name">A file that the build has.</param>
    /// <param name="read">Makes sense of it; throws <see cref="InvalidDataException"/> where it is not whole.</param>
    public TFacts Read<TFacts>(string name, Func<string, TFacts> read) where TFacts : class
    {
        var text = Find(name)!; // the build has it
        if (LastRead.TryGetValue(name, out var last) && last.Fingerprint == text.Fingerprint)
        {
            return (TFacts)last.Facts;
        }

        var facts = read(text.Text);
        LastRead[name] = (text.Fingerprint, facts);
        return facts;
    }

    /// <summary>A file in JSON: names as in JavaScript, words for enumerations, and nothing that nobody asks for.</summary>
    /// <exception cref="InvalidDataException">It cannot be read: it says why.</exception>
    public static TFacts Parse<TFacts>(string name, string json)
    {
        try
        {
            return JsonSerializer.Deserialize<TFacts>(json, Json) ?? throw new JsonException("It is empty.");
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"{name} cannot be read: {fault.Message}", fault);
        }
    }

    /// <summary>What stands between these two in the names of all files there are: between "consent." and ".txt" the languages.</summary>
    public IReadOnlyList<string> Between(string begins, string ends)
    {
        const string built = "Facialis.Clinic.Policy.";
        return [.. new[] { Path.Combine(Folder, clinic.Id.ToString("D")), Folder }.Where(Directory.Exists).SelectMany(Directory.EnumerateFiles)
            .Select(path => Path.GetFileName(path))
            .Concat(typeof(PolicyFiles).Assembly.GetManifestResourceNames().Where(n => n.StartsWith(built, StringComparison.Ordinal)).Select(n => n[built.Length..]))
            .Where(n => n.Length > begins.Length + ends.Length && n.StartsWith(begins, StringComparison.Ordinal) && n.EndsWith(ends, StringComparison.Ordinal))
            .Select(n => n[begins.Length..^ends.Length]).Distinct().Order(StringComparer.Ordinal)];
    }

    private static PolicyText? Built(string name)
    {
        using var built = typeof(PolicyFiles).Assembly.GetManifestResourceStream("Facialis.Clinic.Policy." + name);
        if (built is null)
        {
            return null;
        }

        using var reader = new StreamReader(built, Encoding.UTF8);
        return Of(reader.ReadToEnd(), isOwn: false);
    }

    private static PolicyText Of(string text, bool isOwn)
    {
        var lines = text.TrimStart('\uFEFF').ReplaceLineEndings("\n");
        return new PolicyText(lines, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines)))[..16], isOwn);
    }
}

/// <param name="Text">The whole file, with plain line ends.</param>
/// <param name="Fingerprint">First 16 hexadecimal signs of its SHA-256: names exactly this text.</param>
/// <param name="IsOwn">True for a file of the clinic or installation, false for the one of the build.</param>
internal sealed record PolicyText(string Text, string Fingerprint, bool IsOwn);
