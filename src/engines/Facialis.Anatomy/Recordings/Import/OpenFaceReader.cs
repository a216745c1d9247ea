using System.Globalization;
using Facialis.Anatomy.Landmarks;

namespace Facialis.Anatomy.Recordings.Import;

/// <summary>
/// Reads the 68 landmarks of OpenFace 2's CSV (FeatureExtraction with <c>-2Dfp</c>, and <c>-3Dfp</c> for depth).
/// </summary>
/// <remarks>
/// <para>x and y are OpenFace's pixels. Depth is <c>Z_0..Z_67</c> (millimetres from the camera), taken from the frame's
/// mean and brought to the scale of x by the spread of the same frame's points in pixels over their spread in
/// millimetres; 0 where there are no <c>X_</c>, <c>Y_</c>, <c>Z_</c> columns.</para>
/// <para>OpenFace does not say how large the picture was: that must come with the options. Rows with <c>success</c> 0 have
/// no face. Where rows of several faces stand in one file, the options must say which.</para>
/// </remarks>
public sealed class OpenFaceReader : FaceRecordingReader
{
    private const int Points = 68;
    private readonly Stream _source;
    private readonly CsvTable _table;
    private readonly int? _wantedFace;
    private readonly int _time;
    private readonly int _face;
    private readonly int _success;
    private readonly int[] _pixels;
    private readonly int[] _millimetres;
    private readonly bool[] _wanted;
    private readonly double[] _values;
    private double _latest = -1;
    private double? _onlyFace;

    /// <summary>Opens a file and reads its row of names.</summary>
    /// <param name="source">The file's bytes; closed with this reader.</param>
    /// <param name="options">The size of the picture, and which face where there are several.</param>
    /// <exception cref="RecordingFormatException">The data do not begin as such a table.</exception>
    public OpenFaceReader(Stream source, ImportOptions? options = null)
    {
        options ??= ImportOptions.None;
        (_source, _wantedFace) = (source, options.FaceId);
        _table = new CsvTable(new LineReader(source), (_, _) => { });
        _time = Need("timestamp");
        _success = Need("success");
        _face = _table.Find("face_id");
        _pixels = [.. Columns("x_").Concat(Columns("y_"))];
        _millimetres = _table.Find("Z_0") < 0 ? [] : [.. Columns("X_").Concat(Columns("Y_")).Concat(Columns("Z_"))];
        _values = new double[_table.Columns.Count];
        _wanted = new bool[_table.Columns.Count];
        foreach (var column in (int[])[.. _pixels, .. _millimetres, _time, _success, .. _face < 0 ? Array.Empty<int>() : [_face]])
        {
            _wanted[column] = true;
        }

        var facts = new SeriesFacts(options);
        facts.Set("landmarker", "OpenFace 2", "OpenFace");
        Header = facts.Build(LandmarkScheme.Ibug68, [.. Enumerable.Range(0, Points)]);
    }

    /// <inheritdoc/>
    public override RecordingHeader Header { get; }

    /// <summary>OpenFace knows no protocol: always empty.</summary>
    public override IReadOnlyList<ProtocolMark> Marks => [];

    /// <inheritdoc/>
    public override bool TryRead(FaceFrame frame)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(frame.LandmarkCount, Points, nameof(frame));
        do
        {
            if (!_table.TryReadRow(_wanted, _values))
            {
                return false;
            }
        }
        while (IsOfAnotherFace());

        if (!FrameTimes.IsValid(_values[_time], _latest))
        {
            FrameTimes.Require(_values[_time], _latest, _table.Place(_time));
        }

        frame.TimeSeconds = _latest = _values[_time];
        frame.Brightness = float.NaN;
        frame.HasFace = _values[_success] switch
        {
            0 => false,
            1 => true,
            _ => throw new RecordingFormatException($"{_table.Place(_success)} must be 0 or 1."),
        };
        if (frame.HasFace)
        {
            ReadPixels(frame.Coordinates);
            ReadDepth(frame.Coordinates);
        }

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

    private bool IsOfAnotherFace()
    {
        if (_face < 0)
        {
            return false;
        }

        var face = _values[_face];
        if (_wantedFace is { } wanted)
        {
            return face != wanted;
        }

        _onlyFace ??= face;
        return face == _onlyFace
            ? false
            : throw new RecordingFormatException(string.Create(CultureInfo.InvariantCulture,
                $"{_table.Place(_face)}: the file holds more than one face ({_onlyFace} and {face}); say which one to read."));
    }

    private void ReadPixels(Span<float> coordinates)
    {
        for (var i = 0; i < _pixels.Length; i++)
        {
            var value = _values[_pixels[i]];
            coordinates[(i % Points * 3) + (i / Points)] = Math.Abs(value) <= 100_000 // false for NaN too
                ? (float)value
                : Positions.Require(value, _table.Place(_pixels[i]));
        }
    }

    private void ReadDepth(Span<float> coordinates)
    {
        Span<double> mean = [0, 0, 0];
        Span<double> meanPixel = [0, 0];
        for (var i = 0; i < _millimetres.Length; i++)
        {
            mean[i / Points] += _values[_millimetres[i]] / Points;
        }

        for (var i = 0; i < _pixels.Length; i++)
        {
            meanPixel[i / Points] += _values[_pixels[i]] / Points;
        }

        var (pixels, millimetres) = (0.0, 0.0);
        for (var i = 0; i < _pixels.Length; i++)
        {
            pixels += Square(_values[_pixels[i]] - meanPixel[i / Points]);
            millimetres += _millimetres.Length == 0 ? 0 : Square(_values[_millimetres[i]] - mean[i / Points]);
        }

        var pixelsPerMillimetre = millimetres > 0 ? Math.Sqrt(pixels / millimetres) : 0; // false for NaN: then there is no depth
        for (var i = 0; i < Points; i++)
        {
            coordinates[(i * 3) + 2] = pixelsPerMillimetre == 0
                ? 0
                : Positions.Require((_values[_millimetres[(2 * Points) + i]] - mean[2]) * pixelsPerMillimetre, $"Line {_table.Line}");
        }
    }

    private static double Square(double value) => value * value;

    private int Need(string name) => _table.Find(name) is >= 0 and var column
        ? column
        : throw new RecordingFormatException($"Line {_table.Line}: there is no column {name}; OpenFace writes it for videos, not for single pictures.");

    private IEnumerable<int> Columns(string axis) => Enumerable.Range(0, Points).Select(i => Need($"{axis}{i}"));
}
