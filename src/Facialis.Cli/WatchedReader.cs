using Facialis.Anatomy.Recordings;

namespace Facialis.Cli;

/// <summary>Passes a recording on, telling of progress and stopping when asked to. Closes the progress line, not the recording.</summary>
internal sealed class WatchedReader(FaceRecordingReader recording, ProgressLine progress, CancellationToken cancel) : FaceRecordingReader
{
    private int _frames;

    public override RecordingHeader Header => recording.Header;

    public override IReadOnlyList<ProtocolMark> Marks => recording.Marks;

    public override Mirroring Mirroring => recording.Mirroring;

    public override CaptureCounts? Capture => recording.Capture;

    public override bool TryRead(FaceFrame frame)
    {
        if (!recording.TryRead(frame))
        {
            return false;
        }

        if (++_frames % 256 == 0)
        {
            cancel.ThrowIfCancellationRequested();
            progress.Report(frame.TimeSeconds);
        }

        return true;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            progress.Dispose();
        }

        base.Dispose(disposing);
    }
}
