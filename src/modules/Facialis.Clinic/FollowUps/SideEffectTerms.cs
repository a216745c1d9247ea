using System.Text.Json.Serialization;
using Facialis.Clinic.Charts;

namespace Facialis.Clinic.FollowUps;

/// <summary>The words for side effects, read from a file that a clinic may replace.</summary>
internal sealed record SideEffectTerms
{
    public const string FileName = "side-effects.json";

    /// <summary>A clinic may add words, but nobody may take these out of sight.</summary>
    public static readonly IReadOnlyList<string> AlwaysUrgent = ["dysphagia", "dyspnoea", "muscular-weakness", "sudden-loss-of-sight"];

    public required string Version { get; init; }

    public required string Source { get; init; }

    public required IReadOnlyList<SideEffectTerm> Terms { get; init; }

    /// <summary>Words that are urgent wherever they are typed.</summary>
    public required IReadOnlyList<UrgentWords> UrgentWords { get; init; }

    public SideEffectTerm? Find(string? id) => Terms.FirstOrDefault(t => t.Id == id);

    /// <summary>The name of a term; of one that the file lost since, its id.</summary>
    public string NameOf(string id) => Find(id)?.Name ?? id;

    /// <summary>Several terms as a report keeps them, by name: "Dysphagia, Dyspnoea".</summary>
    public string NamesOf(string ids) => string.Join(", ", ids.Split(' ').Select(NameOf));

    /// <exception cref="InvalidDataException">The file is not whole.</exception>
    public static SideEffectTerms Read(PolicyFiles files) => files.Read(FileName, Read);

    /// <exception cref="InvalidDataException">The file is not whole: it says what is wrong.</exception>
    public static SideEffectTerms Read(string json)
    {
        var terms = PolicyFiles.Parse<SideEffectTerms>(FileName, json);
        if (terms.Terms.GroupBy(t => t.Id).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new InvalidDataException($"{FileName} has \"{twice.Key}\" twice.");
        }

        foreach (var id in AlwaysUrgent)
        {
            if (terms.Find(id)?.Urgency != Urgency.Emergency || !terms.UrgentWords.Any(w => w.Term == id && w.Lines.Count > 0))
            {
                throw new InvalidDataException($"{FileName} must keep \"{id}\" as an emergency, with its words.");
            }
        }

        return terms;
    }
}

/// <summary>One side effect that can be recorded.</summary>
/// <param name="Id">Stable id.</param>
/// <param name="Name">Name for the clinic.</param>
/// <param name="Plain">Name for the patient.</param>
/// <param name="Group">Under which heading it is offered.</param>
/// <param name="Urgency">How soon somebody has to look.</param>
/// <param name="Usually">When it usually begins and how long it lasts; empty where that says nothing.</param>
/// <param name="Grades">What grades 1, 2, 3 and 4 look like; empty where no hint is known.</param>
/// <param name="Sites">Injection sites that may explain it; "*" for any.</param>
/// <param name="LowestGrade">The grade that it has at least.</param>
internal sealed record SideEffectTerm(
    string Id, string Name, string Plain, string Group, Urgency Urgency, string Usually, IReadOnlyList<string> Grades, IReadOnlyList<string> Sites, int LowestGrade = 1)
{
    /// <summary>True where a point at this site may explain it.</summary>
    public bool MayComeFrom(string siteId) => Sites.Contains("*") || Sites.Contains(siteId);
}

/// <summary>How soon somebody has to look.</summary>
internal enum Urgency
{
    None = 0,

    /// <summary>An eye doctor, today.</summary>
    Eye = 1,

    /// <summary>Help now.</summary>
    Emergency = 2,
}

/// <param name="Term">The term that they stand for.</param>
/// <param name="Words">Each line: beginnings (with *) or whole words that all stand in one sentence, without accents.</param>
internal sealed record UrgentWords(string Term, IReadOnlyList<string> Words)
{
    /// <summary>The words of each line as <see cref="UrgentText"/> compares them, made once: each signature is looked at.</summary>
    [JsonIgnore]
    public IReadOnlyList<IReadOnlyList<string>> Lines { get; } = [.. (Words ?? []).Select(UrgentText.WordsOf)]; // a file may leave them out
}
