using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Facialis.Anatomy.Landmarks;

namespace Facialis.Anatomy.Recordings.Facerec;

/// <summary>The header block's JSON.</summary>
internal static class FacerecHeaderJson
{
    private const int MaxText = 200;
    private const string DateFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public static byte[] Write(RecordingHeader header, int stepsPerPixel)
    {
        var buffer = new ArrayBufferWriter<byte>();
        // Not escaping beyond what JSON asks keeps the bytes the same as those that a browser writes.
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("id", header.Id);
        if (header.StartedAt is { } started)
        {
            json.WriteString("startedAt", started.UtcDateTime.ToString(DateFormat, CultureInfo.InvariantCulture));
        }

        json.WriteString("source", NameOf(header.Source));
        json.WriteString("scheme", header.Scheme.Id);
        json.WriteStartArray("landmarks");
        foreach (var index in header.LandmarkIndices)
        {
            json.WriteNumberValue(index);
        }

        json.WriteEndArray();
        json.WriteNumber("width", header.ImageWidth);
        json.WriteNumber("height", header.ImageHeight);
        json.WriteNumber("stepsPerPixel", stepsPerPixel);
        if (header.NominalFramesPerSecond is { } rate)
        {
            json.WriteNumber("nominalFramesPerSecond", rate);
        }

        json.WriteString("mirroring", NameOf(header.Mirroring));
        json.WriteString("landmarker", Short(header.Landmarker));
        json.WriteString("device", Short(header.Device));
        json.WriteString("protocol", Short(header.Protocol));
        json.WriteBoolean("demonstration", header.IsDemonstration);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    public static (RecordingHeader Header, int StepsPerPixel) Parse(ReadOnlyMemory<byte> payload)
    {
        try
        {
            using var document = JsonDocument.Parse(payload);
            var json = document.RootElement;
            if (json.ValueKind != JsonValueKind.Object)
            {
                throw Wrong("it is not a JSON object");
            }

            var scheme = LandmarkScheme.Find(Text(json, "scheme"))
                ?? throw Wrong($"the landmark scheme \"{Text(json, "scheme")}\" is not known to this version");
            var header = new RecordingHeader
            {
                Id = json.TryGetProperty("id", out var id) && id.TryGetGuid(out var guid) ? guid : throw Wrong("\"id\" must be a UUID"),
                StartedAt = StartedAt(json),
                Source = Text(json, "source") switch
                {
                    "camera" => RecordingSource.Camera,
                    "videoFile" => RecordingSource.VideoFile,
                    "import" => RecordingSource.Import,
                    "generator" => RecordingSource.Generator,
                    _ => RecordingSource.Unknown,
                },
                Scheme = scheme,
                LandmarkIndices = Landmarks(json, scheme),
                ImageWidth = Whole(json, "width", 1, ushort.MaxValue),
                ImageHeight = Whole(json, "height", 1, ushort.MaxValue),
                NominalFramesPerSecond = Nominal(json),
                Mirroring = Text(json, "mirroring") switch
                {
                    "" or "unknown" => Mirroring.Unknown,
                    "notMirrored" => Mirroring.NotMirrored,
                    "mirrored" => Mirroring.Mirrored,
                    var other => throw Wrong($"\"mirroring\" is \"{Short(other)}\""),
                },
                Landmarker = Text(json, "landmarker"),
                Device = Text(json, "device"),
                Protocol = Text(json, "protocol"),
                IsDemonstration = json.TryGetProperty("demonstration", out var demonstration) && demonstration.GetBoolean(),
            };
            return (header, Whole(json, "stepsPerPixel", 1, FacerecFormat.MaxStepsPerPixel));
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or FormatException)
        {
            throw new RecordingFormatException($"This .facerec file's header is damaged: {JsonFault.Describe(failure)}.", failure);
        }
    }

    private static string NameOf(RecordingSource source) => source switch
    {
        RecordingSource.Camera => "camera",
        RecordingSource.VideoFile => "videoFile",
        RecordingSource.Import => "import",
        RecordingSource.Generator => "generator",
        _ => "unknown",
    };

    private static string NameOf(Mirroring mirroring) => mirroring switch
    {
        Mirroring.NotMirrored => "notMirrored",
        Mirroring.Mirrored => "mirrored",
        _ => "unknown",
    };

    private static DateTimeOffset? StartedAt(JsonElement json)
    {
        if (!json.TryGetProperty("startedAt", out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return value.TryGetDateTimeOffset(out var started) ? started.ToUniversalTime() : throw Wrong("\"startedAt\" must be a date and time");
    }

    private static double? Nominal(JsonElement json)
    {
        if (!json.TryGetProperty("nominalFramesPerSecond", out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return value.GetDouble() is > 0 and <= 10_000 and var rate ? rate : throw Wrong("\"nominalFramesPerSecond\" must be above 0 and at most 10000");
    }

    private static int[] Landmarks(JsonElement json, LandmarkScheme scheme)
    {
        if (!json.TryGetProperty("landmarks", out var list) || list.ValueKind != JsonValueKind.Array)
        {
            throw Wrong("\"landmarks\" must be a list of landmark numbers");
        }

        var count = list.GetArrayLength();
        if (count is 0 or > FacerecFormat.MaxLandmarks)
        {
            throw Wrong($"{count} landmarks; 1 to {FacerecFormat.MaxLandmarks} are allowed");
        }

        var indices = new int[count];
        var before = -1;
        for (var i = 0; i < count; i++)
        {
            indices[i] = list[i].GetInt32();
            if (indices[i] <= before || indices[i] >= scheme.Count)
            {
                throw Wrong($"\"landmarks\" must rise and stay below {scheme.Count}; number {i} is {indices[i]}");
            }

            before = indices[i];
        }

        return indices;
    }

    private static int Whole(JsonElement json, string name, int least, int most) =>
        json.TryGetProperty(name, out var value) && value.TryGetInt32(out var number) && number >= least && number <= most
            ? number
            : throw Wrong($"\"{name}\" must be a whole number from {least} to {most}");

    private static string Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? Short(value.GetString() ?? "") : "";

    private static string Short(string text) => text.Length <= MaxText ? text : text[..MaxText];

    private static RecordingFormatException Wrong(string what) => new($"This .facerec file's header is wrong: {what}.");
}
