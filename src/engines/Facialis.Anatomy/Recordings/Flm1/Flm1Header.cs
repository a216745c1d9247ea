using System.Text.Json;
using Facialis.Anatomy.Landmarks;

namespace Facialis.Anatomy.Recordings.Flm1;

/// <summary>The JSON header of an FLM1 file, as far as a recording needs it.</summary>
internal sealed record Flm1Header(int Frames, LandmarkScheme Scheme, double[] TimesSeconds, RecordingHeader Recording)
{
    /// <summary>Reads and checks the header; tokens are read one by one, for the times alone may be megabytes.</summary>
    public static Flm1Header Parse(ReadOnlySpan<byte> json, Guid id)
    {
        var fields = new Fields();
        try
        {
            var reader = new Utf8JsonReader(json);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                throw new RecordingFormatException("FLM1: the header is not a JSON object.");
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                fields.Read(ref reader);
            }

            // Anything after the object is an error of its own.
            while (reader.Read())
            {
            }
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or FormatException)
        {
            throw new RecordingFormatException($"FLM1: the header is not the JSON it should be: {JsonFault.Describe(failure)}.", failure);
        }

        return fields.Check(id);
    }

    /// <summary>What has been met so far; -1 and null mean not met.</summary>
    private sealed class Fields
    {
        private readonly List<double> _times = [];
        private long _frames = -1;
        private long _landmarks = -1;
        private long _width = -1;
        private long _height = -1;
        private double? _nominal;
        private bool? _mirrored;
        private double _latest = -1;
        private int _outOfOrder;
        private string _model = "";
        private string _device = "";

        public void Read(ref Utf8JsonReader reader)
        {
            if (reader.ValueTextEquals("frames")) { _frames = Whole(ref reader); }
            else if (reader.ValueTextEquals("landmarks")) { _landmarks = Whole(ref reader); }
            else if (reader.ValueTextEquals("width")) { _width = Whole(ref reader); }
            else if (reader.ValueTextEquals("height")) { _height = Whole(ref reader); }
            else if (reader.ValueTextEquals("model")) { _model = Text(ref reader); }
            else if (reader.ValueTextEquals("device")) { _device = Text(ref reader); }
            else if (reader.ValueTextEquals("fps_nominal"))
            {
                reader.Read();
                _nominal = reader.TokenType == JsonTokenType.Null ? null : reader.GetDouble();
            }
            else if (reader.ValueTextEquals("mirrored"))
            {
                reader.Read();
                _mirrored = reader.TokenType == JsonTokenType.Null ? null : reader.GetBoolean();
            }
            else if (reader.ValueTextEquals("time_s")) { ReadTimes(ref reader); }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        public Flm1Header Check(Guid id)
        {
            if (_frames is < 0 or > int.MaxValue)
            {
                throw new RecordingFormatException("FLM1: the header does not say how many frames there are (\"frames\").");
            }

            var scheme = _landmarks switch
            {
                478 => LandmarkScheme.MediaPipeRefined,
                468 => LandmarkScheme.MediaPipePlain,
                _ => throw new RecordingFormatException($"FLM1: {(_landmarks < 0 ? "no number of" : _landmarks)} landmarks; 478 (refined) or 468 (plain) are known."),
            };
            if (_width is < 1 or > ushort.MaxValue || _height is < 1 or > ushort.MaxValue)
            {
                throw new RecordingFormatException("FLM1: \"width\" and \"height\" of the picture must be given, 1 to 65535 pixels.");
            }

            if (_times.Count != _frames)
            {
                throw new RecordingFormatException($"FLM1: {_frames} frames are announced, but \"time_s\" holds {_times.Count} times.");
            }

            // Video decoders now and then hand out two frames in the wrong order; more than one in a hundred is no accident.
            if (_outOfOrder > _frames / 100)
            {
                throw new RecordingFormatException($"FLM1: {_outOfOrder} of {_frames} times in \"time_s\" are not after the one before.");
            }

            var recording = new RecordingHeader
            {
                Id = id,
                Source = RecordingSource.Import,
                Scheme = scheme,
                LandmarkIndices = [.. Enumerable.Range(0, scheme.Count)],
                ImageWidth = (int)_width,
                ImageHeight = (int)_height,
                NominalFramesPerSecond = _nominal is > 0 and <= 10_000 ? _nominal : null,
                Mirroring = _mirrored switch { true => Mirroring.Mirrored, false => Mirroring.NotMirrored, null => Mirroring.Unknown },
                Landmarker = _model,
                Device = _device,
            };
            return new Flm1Header((int)_frames, scheme, [.. _times], recording);
        }

        private static long Whole(ref Utf8JsonReader reader)
        {
            reader.Read();
            return reader.GetInt64();
        }

        private static string Text(ref Utf8JsonReader reader)
        {
            reader.Read();
            var text = reader.TokenType == JsonTokenType.Null ? "" : reader.GetString() ?? "";
            return text.Length <= 200 ? text : text[..200];
        }

        private void ReadTimes(ref Utf8JsonReader reader)
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartArray)
            {
                throw new RecordingFormatException("FLM1: \"time_s\" must be a list of seconds.");
            }

            _times.Clear();
            (_latest, _outOfOrder) = (-1, 0);
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                var time = reader.GetDouble();
                var where = $"FLM1, frame {_times.Count}";
                FrameTimes.RequireInRange(time, where);
                if (!FrameTimes.IsAfter(time, _latest) && ++_outOfOrder > (_frames < 0 ? int.MaxValue : _frames / 100))
                {
                    FrameTimes.Require(time, _latest, where);
                }

                _latest = Math.Max(_latest, time);
                _times.Add(time);
            }
        }
    }
}
