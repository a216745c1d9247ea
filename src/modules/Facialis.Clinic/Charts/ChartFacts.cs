using System.Text.Json.Serialization;
using Facialis.Anatomy;

namespace Facialis.Clinic.Charts;

/// <summary>Codes and the checklist of mimics and red flags, read from a file that a clinic may replace. Each with source and mark.</summary>
public sealed record ChartFacts
{
    public const string FileName = "chart-facts.json";

    public required string Version { get; init; }

    /// <summary>Onset below this age is a red flag.</summary>
    public required int YoungOnsetYears { get; init; }

    /// <summary>The clinic's policy: every hemifacial spasm has one MRI before it is injected as routine. Off unless the clinic's own file says so.</summary>
    public bool MriForEverySpasm { get; init; }

    public required IReadOnlyList<CodeFact> Codes { get; init; }

    public required IReadOnlyList<ChecklistQuestion> Questions { get; init; }

    /// <summary>Questions that a person answers; the others follow from the condition.</summary>
    [JsonIgnore]
    public IEnumerable<ChecklistQuestion> Asked => Questions.Where(q => !q.Derived);

    /// <exception cref="InvalidDataException">The file is not whole: it says which fact is missing.</exception>
    internal static ChartFacts Read(PolicyFiles files) => files.Read(FileName, Read);

    /// <exception cref="InvalidDataException">The file is not whole.</exception>
    public static ChartFacts Read(string json)
    {
        var facts = PolicyFiles.Parse<ChartFacts>(FileName, json);

        foreach (var kind in Enum.GetValues<ConditionKind>().Where(k => k != ConditionKind.HemifacialSpasm && facts.Codes.Count(c => c.Kind == k) != 1))
        {
            throw new InvalidDataException($"{FileName} must have exactly one code for {kind}.");
        }

        string[] needed = [RedFlags.YoungOnset, RedFlags.BothSides, RedFlags.AtypicalSpread, .. facts.MriForEverySpasm ? [RedFlags.MriNotDone] : Array.Empty<string>()];
        foreach (var derived in needed.Where(id => !facts.Questions.Any(q => q.Id == id && q.Derived)))
        {
            throw new InvalidDataException($"{FileName} must have the derived red flag \"{derived}\".");
        }

        return facts.Questions.GroupBy(q => q.Id).FirstOrDefault(g => g.Count() > 1) is { } twice
            ? throw new InvalidDataException($"{FileName} has \"{twice.Key}\" twice.")
            : facts;
    }

    public ConditionCode CodeOf(ConditionKind kind)
    {
        var fact = Codes.Single(c => c.Kind == kind);
        return new ConditionCode(fact.System, fact.Code, fact.Text, fact.Mark);
    }
}

public sealed record CodeFact(ConditionKind Kind, string System, string Code, string Text, SourceMark Mark);

/// <summary>One line of the checklist.</summary>
/// <param name="Id">Stable id.</param>
/// <param name="Kind">A red flag stops the routine path; a mimic asks to think again.</param>
/// <param name="Text">The question; yes is the answer that matters.</param>
/// <param name="Advice">What yes means.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Mark">How well it is founded.</param>
/// <param name="Derived">True where the program sees it from the condition.</param>
public sealed record ChecklistQuestion(string Id, ChecklistKind Kind, string Text, string Advice, string Source, SourceMark Mark, bool Derived = false);

public enum ChecklistKind
{
    RedFlag = 0,
    Mimic = 1,
}
