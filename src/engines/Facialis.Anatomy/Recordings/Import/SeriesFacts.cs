using System.Globalization;
using Facialis.Anatomy.Landmarks;

namespace Facialis.Anatomy.Recordings.Import;

/// <summary>Gathers what a text file says of its recording, fact by fact, and makes the header of it.</summary>
internal sealed class SeriesFacts(ImportOptions options)
{
    private Guid? _id;
    private DateTimeOffset? _startedAt;
    private RecordingSource _source = RecordingSource.Import;
    private int? _width;
    private int? _height;
    private double? _framesPerSecond;
    private string _landmarker = "";
    private string _device = "";
    private string _protocol = "";
    private bool _demonstration;

    public LandmarkScheme? Scheme { get; private set; } = options.Scheme;

    public Mirroring? Mirroring { get; private set; }

    /// <summary>Takes in one fact; false where the name is none of ours.</summary>
    /// <exception cref="RecordingFormatException">The value makes no sense; the message begins with <paramref name="where"/>.</exception>
    public bool Set(string name, string value, string where)
    {
        RecordingFormatException Wrong(string expected) => new($"{where}: {name} must be {expected}, not \"{Short(value)}\".");
        switch (name)
        {
            case "scheme":
                Scheme = LandmarkScheme.Find(value) ?? throw Wrong(string.Join(" or ", LandmarkScheme.All.Select(s => s.Id)));
                return true;
            case "width":
                _width = Size(value) ?? throw Wrong("1 to 65535 pixels");
                return true;
            case "height":
                _height = Size(value) ?? throw Wrong("1 to 65535 pixels");
                return true;
            case "mirroring":
                Mirroring = value switch
                {
                    "unknown" => Recordings.Mirroring.Unknown,
                    "notMirrored" => Recordings.Mirroring.NotMirrored,
                    "mirrored" => Recordings.Mirroring.Mirrored,
                    _ => throw Wrong("unknown, notMirrored or mirrored"),
                };
                return true;
            case "framesPerSecond":
                _framesPerSecond = double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var rate) && rate is > 0 and <= 10_000
                    ? rate : throw Wrong("above 0 and at most 10000");
                return true;
            case "id":
                _id = Guid.TryParse(value, out var id) ? id : throw Wrong("a UUID");
                return true;
            case "startedAt":
                _startedAt = DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var started)
                    ? started.ToUniversalTime() : throw Wrong("a date and time");
                return true;
            case "source":
                _source = Enum.TryParse<RecordingSource>(value, ignoreCase: true, out var source) && Enum.IsDefined(source)
                    ? source : throw Wrong("camera, videoFile, import, generator or unknown");
                return true;
            case "demonstration":
                _demonstration = bool.TryParse(value, out var demonstration) ? demonstration : throw Wrong("true or false");
                return true;
            case "landmarker":
                _landmarker = Short(value);
                return true;
            case "device":
                _device = Short(value);
                return true;
            case "protocol":
                _protocol = Short(value);
                return true;
            default:
                return false;
        }
    }

    public RecordingHeader Build(LandmarkScheme scheme, IReadOnlyList<int> landmarks)
    {
        if ((_width ?? options.ImageWidth) is not { } width || (_height ?? options.ImageHeight) is not { } height)
        {
            throw new RecordingFormatException("The file does not say how large the picture was: give its width and height in pixels.");
        }

        return new RecordingHeader
        {
            Id = _id ?? options.Id,
            StartedAt = _startedAt,
            Source = _source,
            Scheme = scheme,
            LandmarkIndices = landmarks,
            ImageWidth = width,
            ImageHeight = height,
            NominalFramesPerSecond = _framesPerSecond,
            Mirroring = Mirroring ?? options.Mirroring,
            Landmarker = _landmarker,
            Device = _device,
            Protocol = _protocol,
            IsDemonstration = _demonstration,
        };
    }

    /// <summary>A protocol mark in the words of text files.</summary>
    public static ProtocolMark Mark(string phase, double start, double end, string where)
    {
        if (!Enum.TryParse<ProtocolPhase>(phase, ignoreCase: true, out var known) || !Enum.IsDefined(known) || char.IsAsciiDigit(phase[0]))
        {
            throw new RecordingFormatException($"{where}: \"{Short(phase)}\" is not a phase of the protocol.");
        }

        FrameTimes.RequireInRange(start, where);
        FrameTimes.RequireInRange(end, where);
        return end >= start ? new ProtocolMark(known, start, end) : throw new RecordingFormatException($"{where}: the phase ends before it starts.");
    }

    private static int? Size(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var pixels) && pixels is >= 1 and <= ushort.MaxValue ? pixels : null;

    private static string Short(string text) => text.Length <= 200 ? text : text[..200];
}
