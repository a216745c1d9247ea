using System.Text.Json;
using Facialis.Anatomy;

namespace Facialis.Claims.Accuracy;

/// <summary>What really happened in a recording: the file NAME.truth.json beside it.</summary>
internal sealed record Truth
{
    public required double DurationSeconds { get; init; }

    public required string Plan { get; init; }

    /// <summary>Which face it is, where the file says so.</summary>
    public required string Face { get; init; }

    public required IReadOnlyList<TrueEvent> Events { get; init; }

    public IEnumerable<TrueEvent> Spasms => Events.Where(e => e.Kind is "spasm" or "tonic");

    public static Truth Read(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        var root = document.RootElement;
        return new Truth
        {
            DurationSeconds = root.GetProperty("duration").GetDouble(),
            Plan = Text(root, "plan"),
            Face = Text(root, "face"),
            Events = [.. root.GetProperty("events").EnumerateArray().Select(e => new TrueEvent(
                Text(e, "kind"), e.GetProperty("t0").GetDouble(), e.GetProperty("t1").GetDouble(),
                Text(e, "side") switch { "R" => Side.PatientRight, "L" => Side.PatientLeft, _ => null },
                e.TryGetProperty("grade", out var grade) ? grade.GetInt32() : null,
                Number(e, "eye"), Number(e, "mouth")))],
        };
    }

    /// <summary>The truth file of a recording: the longest NAME.truth.json whose NAME the recording's name begins with.</summary>
    public static string? Beside(string recording)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(recording))!;
        var name = Path.GetFileName(recording);
        return Directory.EnumerateFiles(folder, "*.truth.json")
            .Where(path => name.StartsWith(Path.GetFileName(path)[..^".truth.json".Length] + ".", StringComparison.Ordinal))
            .MaxBy(path => path.Length);
    }

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value)
        ? value.ValueKind == JsonValueKind.Object && value.TryGetProperty("name", out var inner) ? inner.ToString() : value.ToString()
        : "";

    private static double Number(JsonElement element, string name)
        => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : 0;
}

/// <summary>One true event: <c>eye</c> is the share of lid closure, <c>mouth</c> the corner's shift in interocular distances.</summary>
internal sealed record TrueEvent(string Kind, double Start, double End, Side? Side, int? Grade, double Eye, double Mouth);
