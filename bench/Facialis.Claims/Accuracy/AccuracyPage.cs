namespace Facialis.Claims.Accuracy;

/// <summary>docs/accuracy.md, of which two claims write a part each and leave the other's alone.</summary>
internal static class AccuracyPage
{
    private const string Mark = "<!-- closed-loop: everything below is written by `claims/closed-loop` -->";

    private static string Path { get; } = System.IO.Path.Combine(Repository.Root, "docs", "accuracy.md");

    /// <summary>Writes what stands above the mark.</summary>
    public static void WriteRecordings(string text) => Write(text, Parts().Below);

    /// <summary>Writes what stands below it.</summary>
    public static void WriteClosedLoop(string text) => Write(Parts().Above, text);

    private static void Write(string above, string below) => File.WriteAllText(Path, $"{above.Trim()}\n\n{Mark}\n\n{below.Trim()}\n");

    private static (string Above, string Below) Parts() =>
        (File.Exists(Path) ? File.ReadAllText(Path) : "").Split(Mark, 2) is [var above, .. var rest] ? (above, rest.Length > 0 ? rest[0] : "") : ("", "");
}
