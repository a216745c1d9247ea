using System.Globalization;
using Facialis.Anatomy.Landmarks;

namespace Facialis.Anatomy.Recordings.Import;

/// <summary>
/// Reads plain landmark series in CSV: columns <c>time_s</c>, <c>x_0</c>, <c>y_0</c>, <c>z_0</c>, ... named by landmark,
/// one row a frame; <c>docs/recording-files.md</c> describes the layout.
/// </summary>
public sealed class WideCsvReader : FaceRecordingReader
{
    private readonly Stream _source;
    private readonly CsvTable _table;
    private readonly SeriesFacts _facts;
    private readonly List<ProtocolMark> _marks = [];
    private readonly int _time;
    private readonly int _brightness;
    private readonly int[] _slots;
    private readonly bool[] _wanted;
    private readonly double[] _values;
    private CaptureCounts? _capture;
    private double _latest = -1;
    private long _frames;
    private bool _endsWithCount;
    private long? _announcedFrames;

    /// <summary>Opens a series and reads its row of names.</summary>
    /// <param name="source">The file's bytes; closed with this reader.</param>
    /// <param name="options">What the file may not say itself.</param>
    /// <exception cref="RecordingFormatException">The data do not begin as such a table.</exception>
    public WideCsvReader(Stream source, ImportOptions? options = null)
        : this(source, new SeriesFacts(options ?? ImportOptions.None), new LineReader(source))
    {
    }

    private WideCsvReader(Stream source, SeriesFacts facts, LineReader lines)
    {
        (_source, _facts) = (source, facts);
        _table = new CsvTable(lines, TakeComment);
        _time = _table.Find("time_s");
        if (_time < 0)
        {
            throw new RecordingFormatException($"Line {_table.Line}: there is no column time_s; a landmark series needs time_s, x_0, y_0 and so on.");
        }

        _brightness = _table.Find("brightness");
        var columns = LandmarkColumns();
        int[] landmarks = [.. columns.Keys];
        var scheme = facts.Scheme ?? SchemeOf(landmarks);
        if (landmarks[^1] >= scheme.Count)
        {
            throw new RecordingFormatException($"Line {_table.Line}: landmark {landmarks[^1]} is not one of {scheme.Title}, which has {scheme.Count}.");
        }

        Header = facts.Build(scheme, landmarks);
        _slots = [.. columns.Values.SelectMany(axes => axes)];
        _values = new double[_table.Columns.Count];
        _wanted = new bool[_table.Columns.Count];
        foreach (var column in _slots.Append(_time).Append(_brightness).Where(c => c >= 0))
        {
            _wanted[column] = true;
        }
    }

    /// <inheritdoc/>
    public override RecordingHeader Header { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<ProtocolMark> Marks => _marks;

    /// <inheritdoc/>
    public override Mirroring Mirroring => _facts.Mirroring ?? Header.Mirroring;

    /// <inheritdoc/>
    public override CaptureCounts? Capture => _capture;

    /// <inheritdoc/>
    public override bool TryRead(FaceFrame frame)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(frame.LandmarkCount, Header.LandmarkIndices.Count, nameof(frame));
        if (!_table.TryReadRow(_wanted, _values))
        {
            RequireWhole();
            return false;
        }

        _frames++;
        var time = _values[_time];
        if (!FrameTimes.IsValid(time, _latest))
        {
            FrameTimes.Require(time, _latest, _table.Place(_time));
        }

        frame.TimeSeconds = _latest = time;
        frame.Brightness = _brightness < 0 ? float.NaN : (float)Math.Clamp(_values[_brightness], 0, 255);
        ReadPositions(frame);
        return true;
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

    /// <summary>A table that is cut off between two rows looks whole; one that promised a count at its end does not.</summary>
    private void RequireWhole()
    {
        if (_endsWithCount && _announcedFrames is null)
        {
            throw new RecordingFormatException($"Line {_table.Line}: the file is cut off: its top says that it ends with \"# frames: ...\", and it does not.");
        }

        if (_announcedFrames is { } announced && announced != _frames)
        {
            throw new RecordingFormatException($"Line {_table.Line}: the file says that it holds {announced} frames, but it holds {_frames}.");
        }
    }

    private void ReadPositions(FaceFrame frame)
    {
        var coordinates = frame.Coordinates;
        var empty = -1;
        var filled = 0;
        for (var i = 0; i < _slots.Length; i++)
        {
            var value = _slots[i] < 0 ? 0 : _values[_slots[i]];
            if (double.IsNaN(value))
            {
                empty = _slots[i];
                continue;
            }

            filled += _slots[i] < 0 ? 0 : 1;
            coordinates[i] = Math.Abs(value) <= 100_000 ? (float)value : Positions.Require(value, _table.Place(_slots[i]));
        }

        frame.HasFace = filled > 0;
        if (filled > 0 && empty >= 0)
        {
            throw new RecordingFormatException($"{_table.Place(empty)} is empty while others are not; leave a whole row's positions empty where no face was found.");
        }
    }

    /// <summary>For each landmark, rising, the columns of x, y and z; -1 where z is missing.</summary>
    private SortedDictionary<int, int[]> LandmarkColumns()
    {
        var found = new SortedDictionary<int, int[]>();
        for (var i = 0; i < _table.Columns.Count; i++)
        {
            var name = _table.Columns[i];
            if (name.Length < 3 || name[1] != '_' || name[0] is not ('x' or 'y' or 'z')
                || !int.TryParse(name.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var landmark))
            {
                continue;
            }

            if (!found.TryGetValue(landmark, out var axes))
            {
                found.Add(landmark, axes = [-1, -1, -1]);
            }

            var axis = name[0] - 'x';
            axes[axis] = axes[axis] < 0 ? i : throw new RecordingFormatException($"{_table.Place(i)}: there are two columns of that name.");
        }

        if (found.Count == 0)
        {
            throw new RecordingFormatException($"Line {_table.Line}: there are no columns x_0, y_0 and so on.");
        }

        foreach (var (landmark, axes) in found)
        {
            if (axes[0] < 0 || axes[1] < 0)
            {
                throw new RecordingFormatException($"Line {_table.Line}: landmark {landmark} needs both x_{landmark} and y_{landmark}.");
            }
        }

        return found;
    }

    private static LandmarkScheme SchemeOf(int[] landmarks) => landmarks.Length switch
    {
        478 => LandmarkScheme.MediaPipeRefined,
        468 => LandmarkScheme.MediaPipePlain,
        68 when landmarks[^1] == 67 => LandmarkScheme.Ibug68,
        _ => throw new RecordingFormatException(
            $"The file has {landmarks.Length} landmarks and does not say of which set: add a line \"# scheme: {LandmarkScheme.MediaPipeRefined.Id}\" (or another) at its top."),
    };

    /// <summary>Comments of the form "name: value" carry what is known of the recording; others are remarks.</summary>
    private void TakeComment(string comment, string where)
    {
        var colon = comment.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            return;
        }

        var (name, value) = (comment[..colon].TrimEnd(), comment[(colon + 1)..].Trim());
        var words = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (name == "mark")
        {
            const int MaxMarks = 10_000;
            if (words is not [var phase, var from, var to] || _marks.Count == MaxMarks
                || !double.TryParse(from, NumberStyles.Float, CultureInfo.InvariantCulture, out var start)
                || !double.TryParse(to, NumberStyles.Float, CultureInfo.InvariantCulture, out var end))
            {
                throw new RecordingFormatException($"{where}: a mark is written \"# mark: rest 3 183\" (phase, start and end in seconds).");
            }

            _marks.Add(SeriesFacts.Mark(phase, start, end, where));
        }
        else if (name == "capture")
        {
            _capture = words is [var a, var b] && uint.TryParse(a, CultureInfo.InvariantCulture, out var presented) && uint.TryParse(b, CultureInfo.InvariantCulture, out var dropped)
                ? new CaptureCounts(presented, dropped)
                : throw new RecordingFormatException($"{where}: capture is written \"# capture: 5400 12\" (pictures presented, pictures dropped).");
        }
        else if (name == "frames")
        {
            _announcedFrames = long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var frames)
                ? frames
                : throw new RecordingFormatException($"{where}: frames must be a whole number.");
        }
        else if (name == "ends with")
        {
            _endsWithCount = value == "frames";
        }
        else
        {
            _facts.Set(name, value, where);
        }
    }
}
