namespace Facialis.Anatomy.Recordings;

/// <summary>Hands on only the landmarks that measuring and drawing need (<see cref="Landmarks.LandmarkScheme.Compact"/>); a third of the size.</summary>
public sealed class CompactReader : FaceRecordingReader
{
    private readonly FaceRecordingReader _recording;
    private readonly FaceFrame _whole;
    private readonly int[] _slots;

    /// <summary>Wraps a recording; it is closed with this reader.</summary>
    public CompactReader(FaceRecordingReader recording)
    {
        ArgumentNullException.ThrowIfNull(recording);
        _recording = recording;
        var held = recording.Header.LandmarkIndices;
        var wanted = recording.Header.Scheme.Compact.ToHashSet();
        _slots = [.. Enumerable.Range(0, held.Count).Where(slot => wanted.Contains(held[slot]))];
        Header = recording.Header with { LandmarkIndices = [.. _slots.Select(slot => held[slot])] };
        _whole = new FaceFrame(held.Count);
    }

    /// <inheritdoc/>
    public override RecordingHeader Header { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<ProtocolMark> Marks => _recording.Marks;

    /// <inheritdoc/>
    public override Mirroring Mirroring => _recording.Mirroring;

    /// <inheritdoc/>
    public override CaptureCounts? Capture => _recording.Capture;

    /// <inheritdoc/>
    public override bool TryRead(FaceFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (!_recording.TryRead(_whole))
        {
            return false;
        }

        (frame.TimeSeconds, frame.HasFace, frame.Brightness) = (_whole.TimeSeconds, _whole.HasFace, _whole.Brightness);
        for (var i = 0; i < _slots.Length; i++)
        {
            _whole.Coordinates.Slice(3 * _slots[i], 3).CopyTo(frame.Coordinates[(3 * i)..]);
        }

        return true;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _recording.Dispose();
        }

        base.Dispose(disposing);
    }
}
