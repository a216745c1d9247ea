using Facialis.Anatomy;

namespace Facialis.Spasm.Signals;

/// <summary>The signals of a stretch of recording, one value per frame; NaN where no face was found.</summary>
internal sealed class SignalBlock
{
    private const int FirstCapacity = 1024;
    private readonly List<float[]> _channels = [];
    private int _capacity = FirstCapacity;

    public SignalBlock()
    {
        Times = new double[FirstCapacity];
        for (var i = 0; i < ChannelCount; i++)
        {
            _channels.Add(new float[FirstCapacity]);
        }
    }

    /// <summary>Number of signals per frame.</summary>
    public const int ChannelCount = 17;

    public int Count { get; private set; }

    /// <summary>Seconds on the recording's clock.</summary>
    public double[] Times { get; private set; }

    /// <summary>Degrees against a frontal face.</summary>
    public Span<float> Yaw => Channel(0);

    /// <summary>Degrees against the reference.</summary>
    public Span<float> Pitch => Channel(1);

    /// <summary>Degrees against the reference.</summary>
    public Span<float> Roll => Channel(2);

    /// <summary>Pixels per interocular distance.</summary>
    public Span<float> Interocular => Channel(3);

    /// <summary>Distance of the lips' inner edges, interocular distances.</summary>
    public Span<float> MouthOpening => Channel(4);

    /// <summary>Height of the upper lid's margin, down, interocular distances.</summary>
    public Span<float> UpperLid(Side side) => Channel(5 + (int)side);

    /// <summary>Height of the lower lid's margin, down, interocular distances.</summary>
    public Span<float> LowerLid(Side side) => Channel(7 + (int)side);

    /// <summary>Height of the mouth's corner, up, interocular distances.</summary>
    public Span<float> MouthUp(Side side) => Channel(9 + (int)side);

    /// <summary>Distance of the mouth's corner from the midline, interocular distances.</summary>
    public Span<float> MouthOut(Side side) => Channel(11 + (int)side);

    /// <summary>Height of the brow, up, interocular distances.</summary>
    public Span<float> BrowUp(Side side) => Channel(13 + (int)side);

    /// <summary>Height of the eye's corners, down, interocular distances: moves with the eye as a whole, hardly with its lids.</summary>
    public Span<float> Canthi(Side side) => Channel(15 + (int)side);

    /// <summary>Appends a frame without a face, or one to be filled at index <see cref="Count"/> - 1.</summary>
    public void Append(double time)
    {
        if (Count == _capacity)
        {
            _capacity *= 2;
            var times = Times;
            Array.Resize(ref times, _capacity);
            Times = times;
            for (var i = 0; i < ChannelCount; i++)
            {
                var channel = _channels[i];
                Array.Resize(ref channel, _capacity);
                _channels[i] = channel;
            }
        }

        Times[Count] = time;
        foreach (var channel in _channels)
        {
            channel[Count] = float.NaN;
        }

        Count++;
    }

    /// <summary>Forgets all frames before <paramref name="first"/>.</summary>
    public void DropBefore(int first)
    {
        Times.AsSpan(first, Count - first).CopyTo(Times);
        foreach (var channel in _channels)
        {
            channel.AsSpan(first, Count - first).CopyTo(channel);
        }

        Count -= first;
    }

    private Span<float> Channel(int index) => _channels[index].AsSpan(0, Count);
}
