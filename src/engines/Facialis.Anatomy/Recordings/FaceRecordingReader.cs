namespace Facialis.Anatomy.Recordings;

/// <summary>
/// Reads a recording forwards, frame by frame, from whatever format holds it, in memory that does not grow with its length.
/// </summary>
public abstract class FaceRecordingReader : IDisposable
{
    /// <summary>What is known before the first frame.</summary>
    public abstract RecordingHeader Header { get; }

    /// <summary>The protocol's phases read so far; complete only after <see cref="TryRead"/> has answered false.</summary>
    public abstract IReadOnlyList<ProtocolMark> Marks { get; }

    /// <summary>
    /// The header's mirroring, or what the recording settled later (the right-eye check happens while it runs);
    /// final only after <see cref="TryRead"/> has answered false.
    /// </summary>
    public virtual Mirroring Mirroring => Header.Mirroring;

    /// <summary>
    /// Pictures presented and dropped while recording, as far as read; null where nobody counted.
    /// </summary>
    public virtual CaptureCounts? Capture => null;

    /// <summary>Reads the next frame into <paramref name="frame"/>.</summary>
    /// <returns>False at the proper end of the recording.</returns>
    /// <exception cref="RecordingFormatException">The data are truncated, corrupted or not of this format.</exception>
    public abstract bool TryRead(FaceFrame frame);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases what the reader holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}

/// <summary>A file is not the recording it should be; the message says what is wrong and where, for a person to read.</summary>
public sealed class RecordingFormatException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, where, and what to do about it.</param>
    /// <param name="inner">The lower-level failure, if there was one.</param>
    public RecordingFormatException(string message, Exception? inner = null) : base(message, inner)
    {
    }
}
