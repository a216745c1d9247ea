using Facialis.Anatomy.Recordings;

namespace Facialis.Claims.Fuzz;

/// <summary>Changes a file into a damaged one; equal chance gives an equal file.</summary>
internal delegate byte[] Mutate(byte[] file, Random chance);

/// <summary>A recording format, valid files of it, and the ways in which they are damaged.</summary>
internal sealed record FuzzFormat(
    string Name,
    IReadOnlyList<byte[]> Seeds,
    IReadOnlyList<(string Name, Mutate Mutate)> Mutations,
    Func<Stream, FaceRecordingReader> Open)
{
    public static IReadOnlyList<FuzzFormat> All { get; } =
        [FacerecFuzz.Format, FacerecFuzz.Salvage, Flm1Fuzz.Format, TextFuzz.Csv, TextFuzz.Json, TextFuzz.OpenFace, TextFuzz.Gzipped];

    /// <summary>Reads everything that a consumer would read.</summary>
    public void Read(byte[] file)
    {
        using var reader = Open(new MemoryStream(file, writable: false));
        var frame = new FaceFrame(reader.Header.LandmarkIndices.Count);
        while (reader.TryRead(frame))
        {
        }

        _ = (reader.Marks.Count, reader.Mirroring);
    }
}
