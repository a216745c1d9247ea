using System.IO.Compression;
using Facialis.Anatomy.Recordings.Facerec;
using Facialis.Anatomy.Recordings.Flm1;
using Facialis.Anatomy.Recordings.Import;

namespace Facialis.Anatomy.Recordings;

/// <summary>Opens recordings of any format that Facialis reads, told apart by their first bytes.</summary>
public static class RecordingFiles
{
    private const int PeekBytes = 32 << 10;

    /// <summary>Opens a recording: <c>.facerec</c>, FLM1, OpenFace 2 CSV, plain CSV or plain JSON, the texts also gzipped.</summary>
    /// <param name="source">The file's bytes, read forwards; closed with the reader, and when it is refused.</param>
    /// <param name="options">What a file of another program may not say itself; null for nothing.</param>
    /// <exception cref="RecordingFormatException">The data are of no such format, or do not begin as they should.</exception>
    public static FaceRecordingReader Open(Stream source, ImportOptions? options = null)
    {
        try
        {
            return Open(new PeekedStream(source, PeekBytes), options ?? ImportOptions.None, mayUnpack: true);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    private static FaceRecordingReader Open(PeekedStream source, ImportOptions options, bool mayUnpack)
    {
        var start = source.Start.Span;
        if (start.IsEmpty)
        {
            throw new RecordingFormatException(mayUnpack ? "The file is empty." : "The file is empty once unpacked, or cut off at its start.");
        }

        // The second byte on: a transfer in text mode may have changed the first.
        if (start.Length > 4 && start[1..5].SequenceEqual("FREC"u8))
        {
            return new FacerecReader(source, options.Salvage);
        }

        if (start is [0x1F, 0x8B, ..] && mayUnpack)
        {
            return BeginsAsFlm1(source.Start)
                ? new Flm1Reader(source, options.Id)
                : Open(new PeekedStream(new GunzipStream(source), PeekBytes), options, mayUnpack: false);
        }

        RefuseOtherKinds(start);
        var text = start.TrimStart((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF, (byte)' ', (byte)'\t', (byte)'\r', (byte)'\n']);
        if (text is [(byte)'{' or (byte)'[', ..])
        {
            return new JsonSeriesReader(WithoutByteOrderMark(source), options);
        }

        return LooksLikeOpenFace(start) ? new OpenFaceReader(source, options) : new WideCsvReader(source, options);
    }

    private static bool BeginsAsFlm1(ReadOnlyMemory<byte> packed)
    {
        Span<byte> magic = stackalloc byte[4];
        try
        {
            using var gzip = new GZipStream(new MemoryStream(packed.ToArray()), CompressionMode.Decompress);
            return gzip.ReadAtLeast(magic, 4, throwOnEndOfStream: false) == 4 && magic.SequenceEqual("FLM1"u8);
        }
        catch (InvalidDataException)
        {
            return false; // whoever reads on will say that the compression is damaged
        }
    }

    private static void RefuseOtherKinds(ReadOnlySpan<byte> start)
    {
        if (start is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            throw new RecordingFormatException("The text is stored as UTF-16; store it as UTF-8.");
        }

        var kind = start switch
        {
            [0x1A, 0x45, 0xDF, 0xA3, ..] => "a WebM video",
            [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => "an MP4 video",
            [(byte)'R', (byte)'I', (byte)'F', (byte)'F', ..] => "an AVI video",
            [0xFF, 0xD8, 0xFF, ..] or [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => "a picture",
            [(byte)'P', (byte)'K', 3, 4, ..] => "a ZIP archive or an Excel sheet",
            [(byte)'%', (byte)'P', (byte)'D', (byte)'F', ..] => "a PDF document",
            _ => null,
        };
        if (kind is not null)
        {
            throw new RecordingFormatException($"This is {kind}, not a landmark file. Open videos in Facialis in the browser, which finds the landmarks.");
        }

        if (start.Contains((byte)0))
        {
            throw new RecordingFormatException("This is not a landmark file: .facerec, FLM1, CSV (also of OpenFace 2) and JSON are read.");
        }
    }

    private static bool LooksLikeOpenFace(ReadOnlySpan<byte> start)
    {
        foreach (var range in start.Split((byte)'\n'))
        {
            var line = start[range];
            if (!line.Trim(" \t\r"u8).IsEmpty && !line.StartsWith("#"u8))
            {
                return line.IndexOf("timestamp"u8) >= 0 && line.IndexOf("success"u8) >= 0;
            }
        }

        return false;
    }

    private static PeekedStream WithoutByteOrderMark(PeekedStream source)
    {
        if (source.Start.Span.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            source.ReadExactly(new byte[3]);
        }

        return source;
    }
}
