using System.CommandLine;
using Facialis.Anatomy.Landmarks;
using Facialis.Anatomy.Recordings;
using Facialis.Anatomy.Recordings.Import;

namespace Facialis.Cli;

/// <summary>The options that say what a file of another program does not, and the opening of files.</summary>
internal sealed class RecordingInput
{
    private readonly Option<int?> _width = new("--width") { Description = "Width of the picture in pixels, where the file does not say it." };
    private readonly Option<int?> _height = new("--height") { Description = "Height of the picture in pixels, where the file does not say it." };
    private readonly Option<string?> _scheme = new("--scheme")
    {
        Description = "Which landmarks the file holds, where it does not say it: " + string.Join(", ", LandmarkScheme.All.Select(s => s.Id)) + ".",
    };

    private readonly Option<bool> _mirrored = new("--mirrored") { Description = "The picture was a mirror image: right and left are swapped back." };
    private readonly Option<bool> _notMirrored = new("--not-mirrored") { Description = "The picture was not a mirror image, so that the sides count as confirmed." };
    private readonly Option<int?> _face = new("--face") { Description = "Which face_id to read, where an OpenFace file holds several." };
    private readonly Option<bool> _salvage = new("--salvage") { Description = "Read a cut-off or damaged .facerec file up to its last whole block." };

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_width, _height, _scheme, _mirrored, _notMirrored, _face, _salvage])
        {
            command.Options.Add(option);
        }
    }

    public ImportOptions Read(ParseResult parsed, TimeProvider clock)
    {
        var (mirrored, notMirrored) = (parsed.GetValue(_mirrored), parsed.GetValue(_notMirrored));
        if (mirrored && notMirrored)
        {
            throw new UsageException("A picture cannot be both --mirrored and --not-mirrored.");
        }

        var scheme = parsed.GetValue(_scheme);
        return new ImportOptions
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()),
            ImageWidth = Size(parsed.GetValue(_width), "--width"),
            ImageHeight = Size(parsed.GetValue(_height), "--height"),
            Scheme = scheme is null ? null : LandmarkScheme.Find(scheme)
                ?? throw new UsageException($"--scheme must be one of {string.Join(", ", LandmarkScheme.All.Select(s => s.Id))}, not \"{scheme}\"."),
            Mirroring = mirrored ? Mirroring.Mirrored : notMirrored ? Mirroring.NotMirrored : Mirroring.Unknown,
            FaceId = parsed.GetValue(_face),
            Salvage = parsed.GetValue(_salvage),
        };
    }

    /// <summary>Opens a file, or standard input for <c>-</c>.</summary>
    /// <exception cref="RecordingFormatException">It is missing or not a recording; the message names it.</exception>
    public static FaceRecordingReader Open(string path, ImportOptions options, Terminal terminal)
    {
        try
        {
            return RecordingFiles.Open(path == "-" ? new Unclosed(terminal.Input) : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16), options);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new RecordingFormatException($"{path}: there is no such file.", failure);
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException or IOException)
        {
            throw new RecordingFormatException($"{path}: the file cannot be read: {failure.Message}", failure);
        }
        catch (RecordingFormatException failure)
        {
            throw Named(path, failure);
        }
    }

    /// <summary>Puts the file's name before the message.</summary>
    public static RecordingFormatException Named(string path, RecordingFormatException failure) =>
        new($"{(path == "-" ? "standard input" : path)}: {failure.Message}", failure);

    private static int? Size(int? pixels, string name) => pixels is null or (>= 1 and <= ushort.MaxValue)
        ? pixels
        : throw new UsageException($"{name} must be 1 to 65535 pixels, not {pixels}.");

    /// <summary>Standard input belongs to the process: a reader that is done must not close it.</summary>
    private sealed class Unclosed(Stream inner) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer) => inner.Read(buffer);

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
