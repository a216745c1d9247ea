using System.Text.Json;
using System.Text.Json.Serialization;

namespace Facialis.Academy.Practice;

/// <summary>A case to practise on: a virtual person chosen for what can be learnt from it.</summary>
/// <param name="Id">Short name that stays.</param>
/// <param name="Title">What the learner reads in the list. It gives nothing away.</param>
/// <param name="Theme">What it is about, in a word or two.</param>
/// <param name="Difficulty">1 (first steps) to 3 (hard).</param>
/// <param name="Seed">Seed of the virtual person.</param>
/// <param name="Teaches">What is to be learnt, told after the case.</param>
/// <param name="Reading">What to read, told after the case.</param>
internal sealed record PracticeCase(
    string Id, string Title, string Theme, int Difficulty, ulong Seed, string Teaches, IReadOnlyList<PracticeReading> Reading);

/// <param name="Text">What it is.</param>
/// <param name="Address">Page of this program where it is; null for a source outside.</param>
internal sealed record PracticeReading(string Text, string? Address);

/// <summary>The cases that come with the program.</summary>
internal static partial class PracticeCases
{
    /// <summary>In the order of difficulty.</summary>
    public static IReadOnlyList<PracticeCase> All { get; } = Load();

    public static PracticeCase? Find(string? id) => All.FirstOrDefault(c => c.Id == id);

    private static PracticeCase[] Load()
    {
        using var file = typeof(PracticeCases).Assembly.GetManifestResourceStream("Facialis.Academy.practice-cases.json")
            ?? throw new InvalidOperationException("The cases are not in the assembly.");
        var cases = JsonSerializer.Deserialize(file, CaseJson.Default.PracticeCaseArray) ?? [];
        return [.. cases.OrderBy(c => c.Difficulty)];
    }

    [JsonSerializable(typeof(PracticeCase[]))]
    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    private sealed partial class CaseJson : JsonSerializerContext;
}
