using System.Text.Json;

namespace Facialis.Anatomy.Recordings.Import;

/// <summary>Reads JSON from a stream token by token, in a buffer that holds no more than one long token.</summary>
internal sealed class JsonTokens(Stream source)
{
    private const int MaxTokenBytes = 64 << 10;
    private byte[] _buffer = new byte[16 << 10];
    private int _start;
    private int _end;
    private long _passed;
    private bool _sourceEnded;
    private JsonReaderState _state;

    public JsonTokenType Type { get; private set; }

    /// <summary>Value of the latest number.</summary>
    public double Number { get; private set; }

    /// <summary>Value of the latest string or property name.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Bytes read so far, for messages.</summary>
    public long Position => _passed + _start;

    /// <summary>Moves to the next token; false at the end of the text.</summary>
    public bool Next()
    {
        while (true)
        {
            var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _sourceEnded, _state);
            try
            {
                if (reader.Read())
                {
                    Take(ref reader);
                    return true;
                }
            }
            catch (Exception failure) when (failure is JsonException or InvalidOperationException or FormatException)
            {
                throw new RecordingFormatException($"The file is not the JSON it should be, near byte {Position + 1}: {JsonFault.Describe(failure)}.", failure);
            }

            _start += (int)reader.BytesConsumed;
            _state = reader.CurrentState;
            if (_sourceEnded)
            {
                return false;
            }

            Fill();
        }
    }

    /// <summary>Moves past the value that comes next, whatever it is.</summary>
    public void Skip()
    {
        for (var depth = 0; Next();)
        {
            depth += Type switch
            {
                JsonTokenType.StartObject or JsonTokenType.StartArray => 1,
                JsonTokenType.EndObject or JsonTokenType.EndArray => -1,
                _ => 0,
            };
            if (depth == 0 && Type != JsonTokenType.PropertyName)
            {
                return;
            }
        }
    }

    private void Take(ref Utf8JsonReader reader)
    {
        Type = reader.TokenType;
        if (Type == JsonTokenType.Number)
        {
            Number = reader.GetDouble();
        }
        else if (Type is JsonTokenType.PropertyName or JsonTokenType.String)
        {
            Text = Known(ref reader) ?? reader.GetString() ?? "";
        }

        _start += (int)reader.BytesConsumed;
        _state = reader.CurrentState;
    }

    /// <summary>Names that come in every frame are not made anew each time.</summary>
    private static string? Known(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("x"u8) ? "x"
        : reader.ValueTextEquals("y"u8) ? "y"
        : reader.ValueTextEquals("z"u8) ? "z"
        : reader.ValueTextEquals("time"u8) ? "time"
        : reader.ValueTextEquals("landmarks"u8) ? "landmarks"
        : reader.ValueTextEquals("brightness"u8) ? "brightness"
        : null;

    private void Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _passed += _start;
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            if (_end >= MaxTokenBytes)
            {
                throw new RecordingFormatException($"The file has a word or number of more than {MaxTokenBytes} bytes near byte {Position}: this is not a landmark series.");
            }

            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var got = source.Read(_buffer, _end, _buffer.Length - _end);
        _end += got;
        _sourceEnded = got == 0;
    }
}
