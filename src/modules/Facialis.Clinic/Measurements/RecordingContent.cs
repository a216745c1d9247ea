using System.Buffers;
using Facialis.Platform.Hosting;

namespace Facialis.Clinic.Measurements;

/// <summary>The landmark files in the data folder: "recordings/ID.facerec". Knows bytes, not what they mean.</summary>
internal sealed class RecordingContent(FacialisSettings settings)
{
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1))];

    private string Folder => Path.Combine(settings.DataFolderPath, "recordings");

    /// <summary>Waits for the sole right to write one recording's file within this process.</summary>
    public async Task<IDisposable> TurnAsync(Guid id, CancellationToken cancellation)
    {
        var turn = _turns[(uint)id.GetHashCode() % _turns.Length];
        await turn.WaitAsync(cancellation);
        return new Turn(turn);
    }

    /// <summary>Bytes in the file; 0 where there is none.</summary>
    public long Length(Guid id) => new FileInfo(PathOf(id)) is { Exists: true } file ? file.Length : 0;

    /// <summary>Puts bytes at an offset and returns once they are on the disk. What lay behind them is cut off.</summary>
    /// <exception cref="IOException">Another process writes this file now, or the disk refused.</exception>
    public async Task WriteAsync(Guid id, long offset, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Folder);
        await using var file = new FileStream(PathOf(id), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true);
        file.Position = offset;
        await file.WriteAsync(bytes, cancellation);
        file.SetLength(offset + bytes.Length);
        file.Flush(flushToDisk: true);
    }

    /// <summary>True where the file holds exactly these bytes at that offset.</summary>
    public async Task<bool> HoldsAsync(Guid id, long offset, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        await using var file = Open(id);
        if (file.Length < offset + bytes.Length)
        {
            return false;
        }

        file.Position = offset;
        var kept = ArrayPool<byte>.Shared.Rent(bytes.Length);
        try
        {
            await file.ReadExactlyAsync(kept.AsMemory(0, bytes.Length), cancellation);
            return bytes.Span.SequenceEqual(kept.AsSpan(0, bytes.Length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(kept);
        }
    }

    /// <summary>Writes a whole file at once, durably: under another name first, so that a crash leaves no half of it.</summary>
    public void WriteWhole(Guid id, Action<Stream> write) => WriteWhole(PathOf(id), write);

    public void WriteSignals(Guid id, Action<Stream> write) => WriteWhole(SignalsPathOf(id), write);

    public FileStream Open(Guid id) => new(PathOf(id), FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1 << 16, useAsync: false);

    /// <summary>The cached signals, or null where there are none.</summary>
    public FileStream? OpenSignals(Guid id)
    {
        try
        {
            return new FileStream(SignalsPathOf(id), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Deletes the file of a recording that never became a row.</summary>
    public void Discard(Guid id)
    {
        File.Delete(PathOf(id));
        File.Delete(SignalsPathOf(id));
    }

    private void WriteWhole(string path, Action<Stream> write)
    {
        Directory.CreateDirectory(Folder);
        var unfinished = $"{path}.{Guid.NewGuid():N}.part";
        try
        {
            using (var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 16))
            {
                write(file);
                file.Flush(flushToDisk: true);
            }

            File.Move(unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>True where another process writes the recording's file now.</summary>
    public bool IsHeldElsewhere(Guid id)
    {
        try
        {
            using var file = new FileStream(PathOf(id), FileMode.Open, FileAccess.Write, FileShare.None);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private string PathOf(Guid id) => Path.Combine(Folder, $"{id:D}.facerec");

    private string SignalsPathOf(Guid id) => Path.Combine(Folder, $"{id:D}.signals");

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        private int _ended;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _ended, 1) == 0)
            {
                turn.Release();
            }
        }
    }
}
