using System.Globalization;
using System.Text.Json;
using Facialis.Anatomy.Landmarks;

namespace Facialis.Anatomy.Recordings.Import;

/// <summary>
/// Reads plain landmark series in JSON: one object with what is known of the recording, then <c>frames</c>, each with
/// <c>time</c> in seconds and <c>landmarks</c> in pixels or shares of the picture; <c>docs/recording-files.md</c>
/// describes the layout.
/// </summary>
public sealed class JsonSeriesReader : FaceRecordingReader
{
    private readonly Stream _source;
    private readonly JsonTokens _json;
    private readonly SeriesFacts _facts;
    private readonly List<ProtocolMark> _marks = [];
    private readonly float _scaleX = 1;
    private readonly float _scaleY = 1;
    private readonly float[] _point = new float[3];
    private int[]? _landmarks;
    private bool? _normalized;
    private double _latest = -1;
    private int _frames;
    private bool _ended;

    /// <summary>Opens a series and reads up to its frames.</summary>
    /// <param name="source">The file's bytes; closed with this reader.</param>
    /// <param name="options">What the file may not say itself.</param>
    /// <exception cref="RecordingFormatException">The data do not begin as such an object.</exception>
    public JsonSeriesReader(Stream source, ImportOptions? options = null)
    {
        (_source, _json, _facts) = (source, new JsonTokens(source), new SeriesFacts(options ?? ImportOptions.None));
        if (!_json.Next() || _json.Type != JsonTokenType.StartObject)
        {
            throw new RecordingFormatException("A landmark series in JSON is an object: {\"scheme\": ..., \"width\": ..., \"height\": ..., \"units\": ..., \"frames\": [...]}.");
        }

        if (!ReadFacts())
        {
            throw new RecordingFormatException("The JSON object has no \"frames\".");
        }

        var scheme = _facts.Scheme ?? throw new RecordingFormatException(
            $"The JSON object must say before \"frames\" which landmarks it holds: \"scheme\": \"{LandmarkScheme.MediaPipeRefined.Id}\" (or another).");
        _landmarks ??= [.. Enumerable.Range(0, scheme.Count)];
        if (_landmarks[^1] >= scheme.Count)
        {
            throw new RecordingFormatException($"\"landmarks\" names landmark {_landmarks[^1]}, but {scheme.Title} has {scheme.Count}.");
        }

        Header = _facts.Build(scheme, _landmarks);
        var normalized = _normalized ?? throw new RecordingFormatException(
            "The JSON object must say before \"frames\" how positions are given: \"units\": \"pixels\", or \"normalized\" for shares of the picture's width and height.");
        (_scaleX, _scaleY) = normalized ? (Header.ImageWidth, Header.ImageHeight) : (1, 1);
    }

    /// <inheritdoc/>
    public override RecordingHeader Header { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<ProtocolMark> Marks => _marks;

    /// <inheritdoc/>
    public override Mirroring Mirroring => _facts.Mirroring ?? Header.Mirroring;

    /// <inheritdoc/>
    public override bool TryRead(FaceFrame frame)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(frame.LandmarkCount, Header.LandmarkIndices.Count, nameof(frame));
        if (_ended)
        {
            return false;
        }

        Require(_json.Next(), "the list of frames is not finished");
        if (_json.Type == JsonTokenType.StartObject)
        {
            ReadFrame(frame);
            _frames++;
            return true;
        }

        Require(_json.Type == JsonTokenType.EndArray, "a frame must be an object");
        Require(!ReadFacts(), "there is a second list of frames");
        Require(!_json.Next(), "more follows after the end");
        _ended = true;
        return false;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _source.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Reads the object's properties up to <c>frames</c> (true) or its end (false).</summary>
    private bool ReadFacts()
    {
        while (_json.Next())
        {
            if (_json.Type == JsonTokenType.EndObject)
            {
                return false;
            }

            var name = _json.Text; // a property's name, by the rules of JSON
            switch (name)
            {
                case "frames":
                    Require(_json.Next() && _json.Type == JsonTokenType.StartArray, "\"frames\" must be a list");
                    return true;
                case "landmarks":
                    ReadLandmarkNumbers();
                    break;
                case "marks":
                    ReadMarks();
                    break;
                case "units":
                    Require(_json.Next() && _json.Type == JsonTokenType.String && _json.Text is "pixels" or "normalized", "\"units\" must be \"pixels\" or \"normalized\"");
                    _normalized = _json.Text == "normalized";
                    break;
                default:
                    ReadFact(name);
                    break;
            }
        }

        throw Wrong("the object is not finished");
    }

    private void ReadFact(string name)
    {
        Require(_json.Next(), "the object is not finished");
        switch (_json.Type)
        {
            case JsonTokenType.String:
                _facts.Set(name, _json.Text, "JSON");
                break;
            case JsonTokenType.Number:
                _facts.Set(name, _json.Number.ToString(CultureInfo.InvariantCulture), "JSON");
                break;
            case JsonTokenType.True or JsonTokenType.False:
                _facts.Set(name, _json.Type == JsonTokenType.True ? "true" : "false", "JSON");
                break;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                SkipRest();
                break;
            default: // null: not known
                break;
        }
    }

    private void SkipRest()
    {
        for (var depth = 1; depth > 0;)
        {
            Require(_json.Next(), "the object is not finished");
            depth += _json.Type switch
            {
                JsonTokenType.StartObject or JsonTokenType.StartArray => 1,
                JsonTokenType.EndObject or JsonTokenType.EndArray => -1,
                _ => 0,
            };
        }
    }

    private void ReadLandmarkNumbers()
    {
        const int MaxLandmarks = 1024;
        var numbers = new List<int>();
        Require(_json.Next() && _json.Type == JsonTokenType.StartArray && _landmarks is null, "\"landmarks\" must be one list of landmark numbers, before \"frames\"");
        while (_json.Next() && _json.Type != JsonTokenType.EndArray)
        {
            Require(
                _json.Type == JsonTokenType.Number && _json.Number is >= 0 and < MaxLandmarks && _json.Number % 1 == 0 && (numbers.Count == 0 || _json.Number > numbers[^1]),
                "\"landmarks\" must be whole numbers that rise");
            numbers.Add((int)_json.Number);
        }

        Require(numbers.Count > 0, "\"landmarks\" is empty");
        _landmarks = [.. numbers];
    }

    private void ReadMarks()
    {
        const int MaxMarks = 10_000;
        Require(_json.Next() && _json.Type == JsonTokenType.StartArray, "\"marks\" must be a list");
        while (_json.Next() && _json.Type != JsonTokenType.EndArray)
        {
            Require(_json.Type == JsonTokenType.StartObject && _marks.Count < MaxMarks, "a mark must be an object");
            var (phase, start, end) = ("", double.NaN, double.NaN);
            while (_json.Next() && _json.Type == JsonTokenType.PropertyName)
            {
                switch (_json.Text)
                {
                    case "phase":
                        Require(_json.Next() && _json.Type == JsonTokenType.String, "a mark's phase must be a word");
                        phase = _json.Text;
                        break;
                    case "start":
                        start = Number("a mark's start");
                        break;
                    case "end":
                        end = Number("a mark's end");
                        break;
                    default:
                        _json.Skip();
                        break;
                }
            }

            _marks.Add(SeriesFacts.Mark(phase, start, end, $"JSON, mark {_marks.Count + 1}"));
        }
    }

    private void ReadFrame(FaceFrame frame)
    {
        var time = double.NaN;
        (frame.HasFace, frame.Brightness) = (false, float.NaN);
        while (_json.Next() && _json.Type == JsonTokenType.PropertyName)
        {
            switch (_json.Text)
            {
                case "time":
                    time = Number("\"time\"");
                    break;
                case "brightness":
                    Require(_json.Next() && _json.Type is JsonTokenType.Number or JsonTokenType.Null, "\"brightness\" must be a number");
                    frame.Brightness = _json.Type == JsonTokenType.Null ? float.NaN : (float)Math.Clamp(_json.Number, 0, 255);
                    break;
                case "landmarks":
                    ReadPositions(frame);
                    break;
                default:
                    _json.Skip();
                    break;
            }
        }

        Require(_json.Type == JsonTokenType.EndObject, "the frame is not finished");
        if (!FrameTimes.IsValid(time, _latest))
        {
            FrameTimes.Require(time, _latest, $"JSON, frame {_frames + 1}");
        }

        frame.TimeSeconds = _latest = time;
    }

    private void ReadPositions(FaceFrame frame)
    {
        Require(_json.Next() && _json.Type is JsonTokenType.StartArray or JsonTokenType.Null, "\"landmarks\" must be a list, or null where no face was found");
        if (_json.Type == JsonTokenType.Null)
        {
            return;
        }

        var count = 0;
        while (_json.Next() && _json.Type != JsonTokenType.EndArray)
        {
            if (count == frame.LandmarkCount)
            {
                throw Wrong($"more than the {frame.LandmarkCount} landmarks that were announced");
            }

            ReadPoint();
            var target = frame.Coordinates.Slice(count++ * 3, 3);
            target[0] = Pixels(_point[0] * _scaleX);
            target[1] = Pixels(_point[1] * _scaleY);
            target[2] = Pixels(_point[2] * _scaleX); // z has the scale of x
        }

        if (count != 0 && count != frame.LandmarkCount)
        {
            throw Wrong($"{count} landmarks instead of the {frame.LandmarkCount} that were announced");
        }

        frame.HasFace = count > 0;
    }

    /// <summary>Reads <c>[x, y, z]</c> or <c>{"x": ..., "y": ..., "z": ...}</c>; z may be missing.</summary>
    private void ReadPoint()
    {
        (_point[0], _point[1], _point[2]) = (float.NaN, float.NaN, 0);
        if (_json.Type == JsonTokenType.StartArray)
        {
            var axis = 0;
            for (; _json.Next() && _json.Type == JsonTokenType.Number; axis++)
            {
                Require(axis < 3, "a landmark has two or three numbers");
                _point[axis] = (float)_json.Number;
            }

            Require(_json.Type == JsonTokenType.EndArray && axis >= 2, "a landmark has two or three numbers");
            return;
        }

        Require(_json.Type == JsonTokenType.StartObject, "a landmark is [x, y, z] or {\"x\": ..., \"y\": ..., \"z\": ...}");
        while (_json.Next() && _json.Type == JsonTokenType.PropertyName)
        {
            if (_json.Text is "x" or "y" or "z")
            {
                var axis = _json.Text[0] - 'x';
                _point[axis] = (float)Number("a position");
            }
            else
            {
                _json.Skip(); // MediaPipe adds visibility and presence
            }
        }

        Require(_json.Type == JsonTokenType.EndObject, "a landmark is not finished");
    }

    private float Pixels(float value) => Math.Abs(value) <= 100_000 ? value : Positions.Require(value, $"JSON, frame {_frames + 1}");

    private double Number(string what)
    {
        Require(_json.Next() && _json.Type == JsonTokenType.Number, $"{what} must be a number");
        return _json.Number;
    }

    private void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw Wrong(otherwise);
        }
    }

    private RecordingFormatException Wrong(string what) => new($"JSON, frame {_frames + 1}, near byte {_json.Position}: {what}.");
}
